import type { StoredEvent } from '../../events/envelope';
import { firstName, numberField } from '../shared/fields';
import { insertSorted, register, write, type Register, type Stamp } from '../shared/order';

/** Something of which nothing was heard for this long, by event time, is lost: its end was missed, or never comes. */
export const LOST_AFTER_S = 24 * 3600;

/** One thing that happened to a subject, with the event that says so. */
export type Step<K extends string> = Stamp & {
  step: K;
  event: string;
  node: string | null;
  /** Error or reason, one line. */
  note: string | null;
  /** What the step's own number is: attempt of a retry, duration of a completion, progress of a heartbeat. */
  value: number | null;
  /** True once the step was taken into the statistics. */
  counted: boolean;
  /** The duration, in seconds, that was taken into the statistics for it: a wait that began or a run that ended. */
  measured: number | null;
};

/** The life of a piece of work or a task. `steps` are sorted by time; see {@link MAX_STEPS}. */
export type Life<S extends string, K extends string> = {
  id: string;
  kind: Register<string | null>;
  config: Register<string | null>;
  node: Register<string | null>;
  priority: Register<number | null>;
  steps: Step<K>[];
  state: S;
  /** When it entered its state. */
  since: number;
  heardAt: number;
  /** Place of its kind in the statistics; meaningful where the ledger's watcher uses it. */
  group: number;
};

/** What the steps of one kind of subject mean. */
export type LifeRules<S extends string, K extends string> = {
  /** The state after a step; `state` is null before the first. */
  next(state: S | null, step: K): S;
  isEnded(state: S): boolean;
  readonly lost: S;
  /** A step that repeats itself for as long as the subject lives: of several in a row only the newest is kept. */
  readonly pulse: K | null;
  readonly kindFields: readonly string[];
  readonly liveLimit: number;
  readonly endedLimit: number;
};

/** Beyond this the second oldest step goes: when it began and what came last say most. */
const MAX_STEPS = 24;

export function born<S extends string, K extends string>(id: string, state: S): Life<S, K> {
  return {
    id,
    kind: register<string | null>(null),
    config: register<string | null>(null),
    node: register<string | null>(null),
    priority: register<number | null>(null),
    steps: [],
    state,
    since: -Infinity,
    heardAt: -Infinity,
    group: 0,
  };
}

/** The envelope's host is not asked after the node: a queue reports what happens elsewhere. */
const NODE_FIELDS = ['node_id', 'node_name', 'host_id', 'host'];

/** `node`: the one that the event names. */
export function describe<S extends string, K extends string>(
  life: Life<S, K>,
  rules: LifeRules<S, K>,
  event: StoredEvent,
  node: string | null,
): void {
  const kind = firstName(event.payload, rules.kindFields);
  if (kind !== null) write(life.kind, event, kind);
  if (event.config !== null) write(life.config, event, event.config);
  if (node !== null) write(life.node, event, node);
  const priority = numberField(event.payload, 'priority');
  if (priority !== null) write(life.priority, event, priority);
}

export function addStep<S extends string, K extends string>(
  { steps }: Life<S, K>,
  rules: LifeRules<S, K>,
  step: Step<K>,
): void {
  const index = insertSorted(steps, step);
  if (step.step === rules.pulse) {
    if (steps[index + 1]?.step === rules.pulse) steps.splice(index, 1);
    else if (steps[index - 1]?.step === rules.pulse) steps.splice(index - 1, 1);
  }
  if (steps.length > MAX_STEPS) steps.splice(1, 1);
}

/** State and its beginning from the steps in order of time, and from silence. */
export function settle<S extends string, K extends string>(
  life: Life<S, K>,
  rules: LifeRules<S, K>,
  clock: number,
): void {
  let state: S | null = null;
  for (const { step, t } of life.steps) {
    const next = rules.next(state, step);
    // A second claim or retry begins its state anew; a heartbeat, or a step that changes nothing, does not.
    const anew = step !== rules.pulse && next === rules.next(null, step);
    if (next !== state || anew) life.since = t;
    state = next;
  }
  if (state === null) return;
  life.state = state;
  if (!rules.isEnded(state) && isSilent(life, clock)) {
    life.state = rules.lost;
    life.since = life.heardAt + LOST_AFTER_S;
  }
}

export function isSilent({ heardAt }: { heardAt: number }, clock: number): boolean {
  return clock - heardAt > LOST_AFTER_S;
}

/** The node that an event names; null where it names none. */
export function namedNode({ payload }: StoredEvent): string | null {
  return firstName(payload, NODE_FIELDS);
}
