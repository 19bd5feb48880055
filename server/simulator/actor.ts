import type { JsonObject } from '../../domain/json';
import type { Rng } from './random';
import type { World } from './world';

/** An event as a producer writes it into the shared queue. */
export interface SimEvent {
  /** When, by the cluster's clocks: epoch seconds. */
  readonly at: number;
  /** The name as the producer writes it: data value, canonical or legacy. */
  readonly eventType: string;
  readonly payload: JsonObject;
  readonly source: string;
  readonly hostname: string;
}

/** An event that actors react to, under its canonical name. */
export interface Heard {
  readonly eventType: string;
  readonly payload: JsonObject;
}

/** Who says it and from which machine; no machine means: from where the coordinators run. */
export interface Speaker {
  readonly by: string;
  readonly on?: string;
  /** Another spelling than the usual one of this type. */
  readonly as?: string;
}

/** What an actor can see and do. Times are virtual epoch seconds. */
export interface Stage {
  readonly now: number;
  readonly world: World;
  readonly rng: Rng;
  /** Says an event under its canonical name; it goes out in its usual spelling. A machine that is down says nothing. */
  emit(name: string, payload: JsonObject, speaker: Speaker): void;
  /** ISO 8601 as Python writes it, by the cluster's clocks. */
  iso(time?: number): string;
  /** Epoch seconds by the cluster's clocks. */
  epoch(time?: number): number;
  /** Seconds until something regular happens again, with jitter; shorter at a higher rate. */
  gap(mean: number): number;
  /** Seconds until something rare happens (exponential); shorter at a higher rate. */
  wait(mean: number): number;
  /** How many times busier than the recording the cluster is. */
  readonly rate: number;
}

/** Asks to be told `kind` in `delay` seconds. */
export type Post<M> = <K extends keyof M & string>(delay: number, kind: K, data: M[K]) => void;
type RawPost = (delay: number, kind: string, data: JsonObject) => void;

/** A part of the cluster: what it does by the clock, and how it reacts to what it hears on the event bus. */
export interface ActorSpec<M extends Record<string, JsonObject>> {
  readonly name: string;
  start?(stage: Stage, post: Post<M>): void;
  readonly on: { readonly [K in keyof M]: (stage: Stage, data: M[K], post: Post<M>) => void };
  /** By canonical event type. Heard events may come from outside: read payloads defensively. */
  readonly hears?: Readonly<Record<string, (stage: Stage, event: Heard, post: Post<M>) => void>>;
}

/** An actor as the engine runs it, whatever messages it sends itself. */
export interface Actor {
  readonly name: string;
  readonly hears: readonly string[];
  start(stage: Stage, post: RawPost): void;
  handle(stage: Stage, kind: string, data: JsonObject, post: RawPost): void;
  hear(stage: Stage, event: Heard, post: RawPost): void;
}

export function defineActor<M extends Record<string, JsonObject>>(spec: ActorSpec<M>): Actor {
  const hears = new Map(Object.entries(spec.hears ?? {}));
  // Only this actor posts under its name, through `Post<M>`, so that a message's kind and data belong together.
  const on = new Map(
    Object.entries(spec.on) as [string, (stage: Stage, data: JsonObject, post: RawPost) => void][],
  );
  return {
    name: spec.name,
    hears: [...hears.keys()],
    start: (stage, post) => spec.start?.(stage, post),
    handle(stage, kind, data, post) {
      const handler = on.get(kind);
      if (!handler) throw new Error(`Actor ${spec.name} knows no message '${kind}'`);
      handler(stage, data, post);
    },
    hear: (stage, event, post) => hears.get(event.eventType)?.(stage, event, post),
  };
}

/** A payload field that should be text; undefined when it is absent or something else. */
export function textOf(payload: JsonObject, key: string): string | undefined {
  const value = payload[key];
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(payload: JsonObject, key: string): number | undefined {
  const value = payload[key];
  return typeof value === 'number' ? value : undefined;
}
