import { stageValueOf } from '../../../domain/events';
import type { StoredEvent } from '../../../domain/events/envelope';
import { producerOf } from './data-bus';
import { Dispatcher } from './dispatcher';
import { StageUnknownError, reasonOf } from '../errors';
import type { LatencySummary } from '../../latency-window';
import { Ring } from '../ring';
import { resultOfEvent } from './stage-result';
import type { StageCompletionResult } from './stage-result';
import type { Failure, Handler, SubscriberStats } from './subscriber';
import type { Timers } from '../timers';

export type StageCallback = (result: StageCompletionResult) => void | Promise<void>;

/** A callback that failed on a result. `at`: epoch seconds. */
export interface CallbackError {
  readonly stage: string;
  readonly callback: string;
  readonly error: string;
  readonly at: number;
}

export interface StageBusOptions {
  /** Newest results kept for `history`. Default 100. */
  readonly historySize?: number;
  readonly handlerTimeoutMs?: number;
  readonly maxQueued?: number;
  readonly timers?: Timers;
  /** Epoch seconds. */
  readonly now?: () => number;
  /** Failures of callbacks on results that came as an event through the router. */
  readonly onFailure?: (failure: Failure<StoredEvent>) => void;
}

export interface StageBusStats {
  readonly emitted: number;
  readonly subscribers: number;
  readonly subscriptions: readonly (readonly [stage: string, callbacks: number])[];
  readonly callbackErrors: number;
  readonly latency: LatencySummary;
  readonly queued: number;
  readonly running: number;
}

/** A result on its way; made from its event only when somebody reads it. */
class StageDelivery {
  private made: StageCompletionResult | null;

  constructor(
    readonly stage: string,
    readonly event: StoredEvent | null,
    result: StageCompletionResult | null,
  ) {
    this.made = result;
  }

  get result(): StageCompletionResult {
    if (this.made === null) {
      if (this.event === null) throw new Error('A stage delivery needs an event or a result.');
      this.made = resultOfEvent(this.stage, this.event);
    }
    return this.made;
  }
}

const CALLBACK_ERRORS_KEPT = 100;

/** The bus of pipeline stages: completion results for those who trigger the next stage. */
export class StageEventBus {
  private readonly dispatcher: Dispatcher<StageDelivery>;
  private readonly handlers = new Map<StageCallback, Handler<StageDelivery>>();
  private readonly recent: Ring<StageDelivery>;
  private readonly errors = new Ring<CallbackError>(CALLBACK_ERRORS_KEPT);
  private readonly now: () => number;
  private readonly onFailure: ((failure: Failure<StoredEvent>) => void) | undefined;
  private emitted = 0;
  private errorCount = 0;

  constructor(options: StageBusOptions = {}) {
    this.recent = new Ring(options.historySize ?? 100);
    this.now = options.now ?? (() => Date.now() / 1000);
    this.onFailure = options.onFailure;
    this.dispatcher = new Dispatcher<StageDelivery>({
      producerOf: ({ event }) => (event === null ? '' : producerOf(event)),
      onFailure: (failure) => this.failed(failure),
      ...(options.handlerTimeoutMs !== undefined && { timeoutMs: options.handlerTimeoutMs }),
      ...(options.maxQueued !== undefined && { maxQueued: options.maxQueued }),
      ...(options.timers !== undefined && { timers: options.timers }),
    });
  }

  /** `stage` by value or name, in any case, or `'*'`. Throws StageUnknownError. Returns the callback's name. */
  subscribe(stage: string, callback: StageCallback, options: { readonly name?: string } = {}): string {
    let handler = this.handlers.get(callback);
    if (handler === undefined) {
      handler = (delivery) => callback(delivery.result);
      this.handlers.set(callback, handler);
    }
    return this.dispatcher.subscribe(stageKey(stage), handler, options.name ?? callback.name);
  }

  /** False when it was not subscribed. */
  unsubscribe(stage: string, callback: StageCallback): boolean {
    const handler = this.handlers.get(callback);
    return handler !== undefined && this.dispatcher.unsubscribe(stageKey(stage), handler);
  }

  /** Removes the subscriptions to one stage, or all there are; returns how many. */
  clear(stage?: string): number {
    return this.dispatcher.clear(stage === undefined ? undefined : stageKey(stage));
  }

  subscriberCount(stage: string): number {
    return this.dispatcher.subscriptions().get(stageKey(stage)) ?? 0;
  }

  /** Hands a result to this bus alone; `UnifiedEventRouter.publishStage` also stores it and tells everyone else. */
  emit(result: StageCompletionResult): void {
    this.accept(new StageDelivery(stageKey(result.event), null, result));
  }

  /** Takes an event that the router has committed. */
  publish(stage: string, event: StoredEvent): void {
    this.accept(new StageDelivery(stage, event, null));
  }

  /** The newest results, oldest of them first. */
  history(filter: { readonly stage?: string; readonly limit?: number } = {}): StageCompletionResult[] {
    const stage = filter.stage === undefined ? null : stageKey(filter.stage);
    const found = this.recent.newest(
      filter.limit ?? 50,
      (delivery) => stage === null || delivery.stage === stage,
    );
    return found.map((delivery) => delivery.result);
  }

  callbackErrors(limit = 20): CallbackError[] {
    return this.errors.newest(limit, () => true);
  }

  stats(): StageBusStats {
    return {
      emitted: this.emitted,
      subscribers: this.dispatcher.subscriberCount,
      subscriptions: [...this.dispatcher.subscriptions()],
      callbackErrors: this.errorCount,
      latency: this.dispatcher.latency.summary(),
      queued: this.dispatcher.queued,
      running: this.dispatcher.running,
    };
  }

  /** See `Dispatcher.subscriberStats`. */
  subscriberStats(): SubscriberStats[] {
    return this.dispatcher.subscriberStats();
  }

  has(handlerName: string): boolean {
    return this.dispatcher.has(handlerName);
  }

  /** See `Dispatcher.redeliver`. */
  redeliver(handlerName: string, stage: string, event: StoredEvent): Promise<void> {
    return this.dispatcher.redeliver(handlerName, new StageDelivery(stage, event, null));
  }

  idle(): Promise<void> {
    return this.dispatcher.idle();
  }

  abandon(): void {
    this.dispatcher.abandon();
  }

  private accept(delivery: StageDelivery): void {
    this.emitted++;
    this.recent.push(delivery);
    this.dispatcher.deliver(delivery.stage, delivery);
  }

  private failed(failure: Failure<StageDelivery>): void {
    const { event, stage } = failure.event;
    this.errorCount++;
    this.errors.push({ stage, callback: failure.handler, error: reasonOf(failure.error), at: this.now() });
    if (event !== null) this.onFailure?.({ ...failure, event });
  }
}

/** The stage bus value of a stage written in any way; `'*'` stays. Throws StageUnknownError. */
export function stageKey(stage: string): string {
  if (stage === '*') return stage;
  const value = stageValueOf(stage);
  if (value === null) throw new StageUnknownError(stage);
  return value;
}
