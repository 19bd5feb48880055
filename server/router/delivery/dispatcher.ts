import { HandlerUnknownError, reasonOf } from '../errors';
import { LatencyWindow } from '../../latency-window';
import { Invocations } from './invocations';
import { Subscriber } from './subscriber';
import type { Failure, Handler, SubscriberStats } from './subscriber';
import type { Timers } from '../timers';
import { systemTimers } from '../timers';

/** Subscribes to every type. */
export const ALL_TYPES = '*';

export interface DispatcherOptions<E> {
  /** Events of one producer reach each subscriber in order; events of different producers need not. */
  readonly producerOf: (event: E) => string;
  readonly onFailure: (failure: Failure<E>) => void;
  /** Default 30,000. */
  readonly timeoutMs?: number;
  /** Events that may wait for one subscriber; further ones fail with HandlerQueueFullError. Default 100,000. */
  readonly maxQueued?: number;
  readonly timers?: Timers;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_QUEUED = 100_000;

/**
 * Hands events to subscribers. Handlers are started in the order in which they subscribed; none can disturb another.
 *
 * A function that subscribes to several types is one subscriber and gets each event once. As long as its handler is
 * synchronous (or idle), delivery is a plain call; an async handler that still works on an event of some producer makes
 * only further events of that producer wait, and only for that handler.
 */
export class Dispatcher<E> {
  readonly latency = new LatencyWindow();
  private readonly subscribers = new Map<Handler<E>, Subscriber<E>>();
  /** Subscribers per type, those to all types included, in order of subscription. Rebuilt, never changed in place. */
  private byType = new Map<string, readonly Subscriber<E>[]>();
  private toAll: readonly Subscriber<E>[] = [];
  private readonly invocations: Invocations;
  private readonly options: Required<DispatcherOptions<E>>;
  /** Events that a handler caused while another event was being handed out; they come after it for everyone. */
  private readonly nested: { readonly type: string; readonly event: E }[] = [];
  private delivering = false;

  constructor(options: DispatcherOptions<E>) {
    const defaults = { timeoutMs: DEFAULT_TIMEOUT_MS, maxQueued: DEFAULT_MAX_QUEUED, timers: systemTimers };
    this.options = { ...defaults, ...options };
    this.invocations = new Invocations(this.options.timers, this.options.timeoutMs);
  }

  /** Distinct handlers. */
  get subscriberCount(): number {
    return this.subscribers.size;
  }

  /** Events waiting for a handler that is busy. */
  get queued(): number {
    let sum = 0;
    for (const subscriber of this.subscribers.values()) sum += subscriber.queued;
    return sum;
  }

  get running(): number {
    return this.invocations.size;
  }

  /** Subscribing the same function to the same type again changes nothing. Returns the (unique) name of the handler. */
  subscribe(type: string, handler: Handler<E>, name?: string): string {
    let subscriber = this.subscribers.get(handler);
    if (subscriber === undefined) {
      subscriber = this.createSubscriber(handler, name ?? handler.name);
      this.subscribers.set(handler, subscriber);
    }
    subscriber.types.add(type);
    this.rebuild();
    return subscriber.name;
  }

  /** False when it was not subscribed. What still waits for it is dropped. */
  unsubscribe(type: string, handler: Handler<E>): boolean {
    const subscriber = this.subscribers.get(handler);
    if (!subscriber?.types.delete(type)) return false;
    if (subscriber.types.size === 0) this.subscribers.delete(handler);
    this.rebuild();
    return true;
  }

  /** Removes all subscriptions to a type, or all there are; returns how many. */
  clear(type?: string): number {
    let removed = 0;
    for (const [handler, subscriber] of this.subscribers) {
      for (const subscribed of [...subscriber.types]) {
        if (type !== undefined && type !== subscribed) continue;
        subscriber.types.delete(subscribed);
        removed++;
      }
      if (subscriber.types.size === 0) this.subscribers.delete(handler);
    }
    this.rebuild();
    return removed;
  }

  /** True when some handler would get an event of this type. */
  hears(type: string): boolean {
    return this.toAll.length > 0 || this.byType.has(type);
  }

  /** Subscribed types with the number of their handlers. */
  subscriptions(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const subscriber of this.subscribers.values()) {
      for (const type of subscriber.types) counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    return counts;
  }

  /** Every handler's record, in the order in which they subscribed. */
  subscriberStats(): SubscriberStats[] {
    return Array.from(this.subscribers.values(), (subscriber) => subscriber.stats());
  }

  deliver(type: string, event: E): void {
    if (this.delivering) {
      this.nested.push({ type, event });
      return;
    }
    this.delivering = true;
    this.handOut(type, event);
    for (let next = this.nested.shift(); next !== undefined; next = this.nested.shift()) {
      this.handOut(next.type, next.event);
    }
    this.delivering = false;
  }

  /** Runs one handler on one event, now; rejects with what it throws. For retries of dead letters. */
  async redeliver(handlerName: string, event: E): Promise<void> {
    const subscriber = this.named(handlerName);
    if (subscriber === undefined) throw new HandlerUnknownError(handlerName);
    await subscriber.runAlone(event);
  }

  has(handlerName: string): boolean {
    return this.named(handlerName) !== undefined;
  }

  /** Resolves when no handler runs and nothing waits. */
  idle(): Promise<void> {
    return this.invocations.idle();
  }

  /** Gives up on all that runs or waits: each becomes a failure. */
  abandon(): void {
    for (const subscriber of this.subscribers.values()) subscriber.abandon();
  }

  private handOut(type: string, event: E): void {
    const subscribers = this.byType.get(type) ?? this.toAll;
    for (const subscriber of subscribers) subscriber.offer(type, event);
  }

  private named(name: string): Subscriber<E> | undefined {
    for (const subscriber of this.subscribers.values()) if (subscriber.name === name) return subscriber;
    return undefined;
  }

  private createSubscriber(handler: Handler<E>, wanted: string): Subscriber<E> {
    const base = wanted === '' ? 'handler' : wanted;
    let name = base;
    for (let copy = 2; this.has(name); copy++) name = `${base}#${String(copy)}`;
    const onFailure = (failure: Failure<E>): void => this.fail(failure);
    return new Subscriber(name, handler, { ...this.options, onFailure }, this.invocations, this.latency);
  }

  /** Whoever listens for failures must not be able to break delivery either. */
  private fail(failure: Failure<E>): void {
    try {
      this.options.onFailure(failure);
    } catch (thrown) {
      console.error(`The failure of handler "${failure.handler}" could not be reported: ${reasonOf(thrown)}`);
    }
  }

  private rebuild(): void {
    const all = [...this.subscribers.values()];
    const types = new Set(all.flatMap((subscriber) => [...subscriber.types]));
    types.delete(ALL_TYPES);
    const wanting = (type: string): Subscriber<E>[] =>
      all.filter((s) => s.types.has(type) || s.types.has(ALL_TYPES));
    this.toAll = wanting(ALL_TYPES);
    this.byType = new Map([...types].map((type) => [type, wanting(type)]));
  }
}
