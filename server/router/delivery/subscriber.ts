import { HandlerAbandonedError, HandlerQueueFullError, HandlerTimeoutError, reasonOf } from '../errors';
import type { Invocation, Invocations } from './invocations';
import type { LatencySummary } from '../../latency-window';
import { LatencyWindow } from '../../latency-window';
import type { Timers } from '../timers';

/** Sync or async; what it throws or rejects with is its own failure. */
export type Handler<E> = (event: E) => void | Promise<void>;

/** A handler that did not do its work on an event. */
export interface Failure<E> {
  readonly kind: 'failed' | 'timeout' | 'queue_full' | 'abandoned';
  readonly handler: string;
  readonly event: E;
  readonly error: unknown;
}

/** One handler's record since it subscribed. */
export interface SubscriberStats {
  readonly name: string;
  readonly types: readonly string[];
  /** Events that it is done with, without a failure. */
  readonly delivered: number;
  readonly failures: Readonly<Record<Failure<unknown>['kind'], number>>;
  /** What the last failure said; null without one. */
  readonly lastError: string | null;
  /** Events that wait for it. */
  readonly queued: number;
  /** Events that it works on right now. */
  readonly running: number;
  /** Run times over its newest 128 events. */
  readonly latency: LatencySummary;
}

const LATENCIES_KEPT = 128;
const MAX_ERROR = 300;

interface SubscriberOptions<E> {
  readonly producerOf: (event: E) => string;
  readonly onFailure: (failure: Failure<E>) => void;
  readonly timeoutMs: number;
  readonly maxQueued: number;
  readonly timers: Timers;
}

interface Waiting<E> {
  readonly type: string;
  readonly event: E;
}

/** Events of one producer, of which an async handler works on the first. Exists only while it does. */
class Lane<E> {
  private items: Waiting<E>[] = [];
  private at = 0;

  constructor(readonly producer: string) {}

  push(item: Waiting<E>): void {
    this.items.push(item);
  }

  /** Without the cost of `shift` on a long array. */
  shift(): Waiting<E> | undefined {
    const item = this.items[this.at++];
    if (this.at > 1024 && this.at * 2 > this.items.length) {
      this.items = this.items.slice(this.at);
      this.at = 0;
    }
    return item;
  }

  /** Empties it. */
  takeAll(): Waiting<E>[] {
    const rest = this.items.slice(this.at);
    this.items = [];
    this.at = 0;
    return rest;
  }
}

/** One handler with what waits for it. */
export class Subscriber<E> {
  /** What it is subscribed to; an event that no longer matches when its turn comes is dropped. */
  readonly types = new Set<string>();
  private readonly lanes = new Map<string, Lane<E>>();
  private readonly active = new Map<Lane<E>, Run<E>>();
  private readonly ownLatency = new LatencyWindow(LATENCIES_KEPT);
  private readonly failures = { failed: 0, timeout: 0, queue_full: 0, abandoned: 0 };
  private lastError: string | null = null;
  private delivered = 0;
  private waiting = 0;

  constructor(
    readonly name: string,
    private readonly handler: Handler<E>,
    private readonly options: SubscriberOptions<E>,
    private readonly invocations: Invocations,
    private readonly latency: LatencyWindow,
  ) {}

  get queued(): number {
    return this.waiting;
  }

  stats(): SubscriberStats {
    return {
      name: this.name,
      types: [...this.types],
      delivered: this.delivered,
      failures: { ...this.failures },
      lastError: this.lastError,
      queued: this.waiting,
      running: this.active.size,
      latency: this.ownLatency.summary(),
    };
  }

  /** Runs the handler now, or after the events of the same producer that it still has to do. */
  offer(type: string, event: E): void {
    if (this.lanes.size > 0) {
      const lane = this.lanes.get(this.options.producerOf(event));
      if (lane !== undefined) {
        this.enqueue(lane, type, event);
        return;
      }
    }
    const pending = this.call(event);
    if (pending === null) return;
    const lane = new Lane<E>(this.options.producerOf(event));
    this.lanes.set(lane.producer, lane);
    this.watch(lane, event, pending);
  }

  /** For a retry: outside the queue, and with the failure going to the caller instead of the dead letters. */
  async runAlone(event: E): Promise<void> {
    const { timeoutMs, timers } = this.options;
    const result = this.handler(event);
    if (!isPromise(result)) return;
    let cancel: (() => void) | undefined;
    const timeout = new Promise<never>((_, reject) => {
      cancel = timers.set(() => reject(new HandlerTimeoutError(this.name, timeoutMs)), timeoutMs);
    });
    try {
      await Promise.race([result, timeout]);
    } finally {
      cancel?.();
    }
  }

  abandon(): void {
    for (const [lane, run] of [...this.active]) {
      const rest = lane.takeAll();
      this.waiting -= rest.length;
      this.fail('abandoned', run.event, new HandlerAbandonedError(this.name));
      for (const item of rest) this.fail('abandoned', item.event, new HandlerAbandonedError(this.name));
      this.invocations.finish(run);
      this.close(lane);
    }
  }

  private enqueue(lane: Lane<E>, type: string, event: E): void {
    if (this.waiting >= this.options.maxQueued) {
      this.fail('queue_full', event, new HandlerQueueFullError(this.name, this.options.maxQueued));
      return;
    }
    lane.push({ type, event });
    this.waiting++;
  }

  /** The promise to wait for, or null when the handler is done (or has failed) already. */
  private call(event: E): Promise<void> | null {
    const { timers } = this.options;
    const startedAt = timers.now();
    try {
      const result = this.handler(event);
      if (isPromise(result)) return result;
      this.delivered++;
    } catch (thrown) {
      this.fail('failed', event, thrown);
    }
    this.took(timers.now() - startedAt);
    return null;
  }

  private watch(lane: Lane<E>, event: E, pending: Promise<void>): void {
    const { timers, timeoutMs } = this.options;
    const startedAt = timers.now();
    const settled = (kind: Failure<E>['kind'] | null, error: unknown): void => {
      // Continue the lane first, so that the handler never counts as idle in between.
      if (this.active.get(lane) !== run) return;
      this.took(timers.now() - startedAt);
      if (kind === null) this.delivered++;
      else this.fail(kind, event, error);
      this.advance(lane);
      this.invocations.finish(run);
    };
    const run: Run<E> = {
      event,
      deadline: this.invocations.deadline(),
      expire: () => settled('timeout', new HandlerTimeoutError(this.name, timeoutMs)),
    };
    this.active.set(lane, run);
    this.invocations.start(run);
    // Whatever a handler returns that merely looks like a promise becomes one here.
    Promise.resolve(pending).then(
      () => settled(null, null),
      (thrown: unknown) => settled('failed', thrown),
    );
  }

  private advance(lane: Lane<E>): void {
    for (let next = lane.shift(); next !== undefined; next = lane.shift()) {
      this.waiting--;
      if (!this.wants(next.type)) continue;
      const pending = this.call(next.event);
      if (pending === null) continue;
      this.watch(lane, next.event, pending);
      return;
    }
    this.close(lane);
  }

  private close(lane: Lane<E>): void {
    this.active.delete(lane);
    this.lanes.delete(lane.producer);
  }

  private wants(type: string): boolean {
    return this.types.has(type) || this.types.has('*');
  }

  private took(ms: number): void {
    this.latency.record(ms);
    this.ownLatency.record(ms);
  }

  private fail(kind: Failure<E>['kind'], event: E, error: unknown): void {
    this.failures[kind]++;
    this.lastError = reasonOf(error).slice(0, MAX_ERROR);
    this.options.onFailure({ kind, handler: this.name, event, error });
  }
}

interface Run<E> extends Invocation {
  readonly event: E;
}

function isPromise(result: unknown): result is Promise<void> {
  return (
    typeof result === 'object' && result !== null && 'then' in result && typeof result.then === 'function'
  );
}
