import { normaliseEventType } from '../../../domain/events';
import type { StoredEvent } from '../../../domain/events/envelope';
import { Counter } from '../counter';
import { ALL_TYPES, Dispatcher } from './dispatcher';
import type { LatencySummary } from '../../latency-window';
import { Ring } from '../ring';
import type { Failure, SubscriberStats } from './subscriber';
import type { Timers } from '../timers';
import type { EventHandler } from '../types';

export interface DataBusOptions {
  /** Newest events kept for `history`. Default 1,000. */
  readonly historySize?: number;
  /** Default 30,000. */
  readonly handlerTimeoutMs?: number;
  readonly maxQueued?: number;
  readonly timers?: Timers;
  readonly onFailure?: (failure: Failure<StoredEvent>) => void;
  /** Told once per type that is published while nobody subscribes to it. */
  readonly onUnheard?: (eventType: string) => void;
}

export interface DataBusStats {
  readonly published: number;
  readonly byType: readonly (readonly [eventType: string, count: number])[];
  readonly subscribers: number;
  readonly subscriptions: readonly (readonly [eventType: string, handlers: number])[];
  /** Handler run times, in milliseconds. */
  readonly latency: LatencySummary;
  readonly failures: number;
  readonly queued: number;
  readonly running: number;
}

/** Types that are remembered as unheard; producers invent names, memory must not follow. */
const MAX_UNHEARD = 1000;

/** FIFO is promised per producer: one component on one machine. */
export function producerOf(event: StoredEvent): string {
  return `${event.source}\n${event.hostname}`;
}

/** The bus of data events: publish and subscribe within this process. See `Dispatcher` for order and isolation. */
export class DataEventBus {
  private readonly dispatcher: Dispatcher<StoredEvent>;
  private readonly recent: Ring<StoredEvent>;
  private readonly counts = new Counter();
  private readonly unheard = new Set<string>();
  private readonly onUnheard: (eventType: string) => void;
  private failures = 0;

  constructor(options: DataBusOptions = {}) {
    this.recent = new Ring(options.historySize ?? 1000);
    this.onUnheard = options.onUnheard ?? (() => undefined);
    this.dispatcher = new Dispatcher<StoredEvent>({
      producerOf,
      onFailure: (failure) => {
        this.failures++;
        options.onFailure?.(failure);
      },
      ...(options.handlerTimeoutMs !== undefined && { timeoutMs: options.handlerTimeoutMs }),
      ...(options.maxQueued !== undefined && { maxQueued: options.maxQueued }),
      ...(options.timers !== undefined && { timers: options.timers }),
    });
  }

  /** `type` in any spelling the catalogue knows, or `'*'`. Returns the handler's name, as dead letters will cite it. */
  subscribe(type: string, handler: EventHandler, options: { readonly name?: string } = {}): string {
    return this.dispatcher.subscribe(canonicalType(type), handler, options.name);
  }

  /** False when it was not subscribed. */
  unsubscribe(type: string, handler: EventHandler): boolean {
    return this.dispatcher.unsubscribe(canonicalType(type), handler);
  }

  publish(event: StoredEvent): void {
    this.recent.push(event);
    this.counts.add(event.eventType);
    if (this.dispatcher.hears(event.eventType)) this.dispatcher.deliver(event.eventType, event);
    else this.noteUnheard(event.eventType);
  }

  /** The newest events, oldest of them first. `since`: epoch seconds, inclusive. */
  history(
    filter: { readonly type?: string; readonly since?: number; readonly limit?: number } = {},
  ): StoredEvent[] {
    const type = filter.type === undefined ? null : canonicalType(filter.type);
    const since = filter.since ?? 0;
    const matches = (event: StoredEvent): boolean =>
      (type === null || type === ALL_TYPES || event.eventType === type) && event.timestamp >= since;
    return this.recent.newest(filter.limit ?? 100, matches);
  }

  clearHistory(): void {
    this.recent.clear();
  }

  countOf(type: string): number {
    return this.counts.of(canonicalType(type));
  }

  /** Types that were published while nobody subscribed to them, in order of appearance. */
  unheardTypes(): string[] {
    return [...this.unheard];
  }

  stats(): DataBusStats {
    return {
      published: this.counts.total,
      byType: this.counts.entries(),
      subscribers: this.dispatcher.subscriberCount,
      subscriptions: [...this.dispatcher.subscriptions()],
      latency: this.dispatcher.latency.summary(),
      failures: this.failures,
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
  redeliver(handlerName: string, event: StoredEvent): Promise<void> {
    return this.dispatcher.redeliver(handlerName, event);
  }

  idle(): Promise<void> {
    return this.dispatcher.idle();
  }

  abandon(): void {
    this.dispatcher.abandon();
  }

  private noteUnheard(eventType: string): void {
    if (this.unheard.has(eventType) || this.unheard.size >= MAX_UNHEARD) return;
    this.unheard.add(eventType);
    this.onUnheard(eventType);
  }
}

export function canonicalType(type: string): string {
  return type === ALL_TYPES ? ALL_TYPES : normaliseEventType(type);
}
