import type { Origin, StoredEvent } from '../../../domain/events/envelope';
import { Counter } from '../counter';
import type { DataEventBus } from './data-bus';
import { canonicalType } from './data-bus';
import type { Dispatcher } from './dispatcher';
import { HandlerUnknownError, reasonOf } from '../errors';
import type { RouterLog } from '../log';
import { Ring } from '../ring';
import type { StageEventBus } from './stage-bus';
import type { RouterStats } from '../stats';
import type { SubscriberStats } from './subscriber';
import type { Timers } from '../timers';
import { typeInfo } from '../prepare/type-table';

/**
 * Receives every committed event in order of seq, in batches and synchronously: live state, feeds, bridges. Rows of a log
 * that repeat an earlier event are among them, with `duplicateOf` set. Must not block, and should not throw.
 */
export type Sink = (events: readonly StoredEvent[]) => void;

/** What a sink was handed since it was added. */
export interface SinkStats {
  readonly name: string;
  readonly events: number;
  /** Batches that it threw on. */
  readonly failures: number;
}

/** A handler of this process and the bus that it listens on. */
export interface BusSubscriber extends SubscriberStats {
  readonly bus: 'router' | 'data_bus' | 'stage_bus';
}

type DeliveryStats = Pick<
  RouterStats,
  | 'byType'
  | 'byOrigin'
  | 'queued'
  | 'subscribers'
  | 'sinks'
  | 'sinkFailures'
  | 'latency'
  | 'dataBus'
  | 'stageBus'
>;

interface NamedSink {
  readonly name: string;
  readonly take: Sink;
  events: number;
  failures: number;
}

export interface HistoryFilter {
  readonly type?: string;
  readonly origin?: Origin;
  /** Epoch seconds, inclusive, event time. */
  readonly since?: number;
  /** Default 100. */
  readonly limit?: number;
}

export interface DeliveryTargets {
  readonly dataBus: DataEventBus | null;
  readonly stageBus: StageEventBus | null;
  /** The router's own subscribers: whatever bus carries the event. */
  readonly subscribers: Dispatcher<StoredEvent>;
}

const DEFAULT_LIMIT = 100;

/** Hands committed events to everyone in this process. */
export class Delivery {
  private readonly byType = new Counter();
  private readonly byOrigin = new Counter();
  private readonly sinks: NamedSink[] = [];
  private readonly recent: Ring<StoredEvent>;

  constructor(
    private readonly targets: DeliveryTargets,
    private readonly log: RouterLog,
    historySize: number,
  ) {
    this.recent = new Ring(historySize);
  }

  /** Its part of what the router tells of itself. */
  stats(): DeliveryStats {
    const { subscribers } = this.targets;
    const dataBus = this.targets.dataBus?.stats() ?? null;
    const stageBus = this.targets.stageBus?.stats() ?? null;
    return {
      ...{ byType: this.byType.entries(), byOrigin: this.byOrigin.entries(), dataBus, stageBus },
      queued: subscribers.queued + (dataBus?.queued ?? 0) + (stageBus?.queued ?? 0),
      subscribers: subscribers.subscriberCount,
      sinks: this.sinks.length,
      sinkFailures: this.sinks.reduce((sum, sink) => sum + sink.failures, 0),
      latency: subscribers.latency.summary(),
    };
  }

  sinkStats(): SinkStats[] {
    return this.sinks.map(({ name, events, failures }) => ({ name, events, failures }));
  }

  subscriberStats(): BusSubscriber[] {
    const { dataBus, stageBus, subscribers } = this.targets;
    const of = (bus: BusSubscriber['bus'], all: readonly SubscriberStats[]): BusSubscriber[] =>
      all.map((stats) => ({ bus, ...stats }));
    return [
      ...of('router', subscribers.subscriberStats()),
      ...of('data_bus', dataBus?.subscriberStats() ?? []),
      ...of('stage_bus', stageBus?.subscriberStats() ?? []),
    ];
  }

  /** Returns the function that removes it. */
  addSink(take: Sink, name = 'unnamed'): () => void {
    const sink: NamedSink = { name, take, events: 0, failures: 0 };
    this.sinks.push(sink);
    return () => {
      const at = this.sinks.indexOf(sink);
      if (at >= 0) this.sinks.splice(at, 1);
    };
  }

  deliver(events: readonly StoredEvent[]): void {
    for (const sink of this.sinks) this.feed(sink, events);
    for (const event of events) if (event.duplicateOf === null) this.deliverOne(event);
  }

  history(filter: HistoryFilter): StoredEvent[] {
    const type = filter.type === undefined ? '*' : canonicalType(filter.type);
    const { origin, since = 0, limit = DEFAULT_LIMIT } = filter;
    const matches = (event: StoredEvent): boolean =>
      (type === '*' || event.eventType === type) &&
      (origin === undefined || event.origin === origin) &&
      event.timestamp >= since;
    return this.recent.newest(limit, matches);
  }

  /** Delivers one event again to one handler, wherever it is subscribed. Rejects with what the handler throws. */
  async redeliver(handlerName: string, event: StoredEvent): Promise<void> {
    const { dataBus, stageBus, subscribers } = this.targets;
    const { stage } = typeInfo(event.wireType ?? event.eventType);
    if (subscribers.has(handlerName)) await subscribers.redeliver(handlerName, event);
    else if (dataBus?.has(handlerName) === true) await dataBus.redeliver(handlerName, event);
    else if (stage !== null && stageBus?.has(handlerName) === true)
      await stageBus.redeliver(handlerName, stage, event);
    else throw new HandlerUnknownError(handlerName);
  }

  /** Resolves when no handler runs and nothing waits for one. */
  async idle(): Promise<void> {
    const { dataBus, stageBus, subscribers } = this.targets;
    await Promise.all([dataBus?.idle(), stageBus?.idle(), subscribers.idle()]);
  }

  /** False when handlers still run after `limitMs`. */
  async idleWithin(limitMs: number, timers: Timers): Promise<boolean> {
    let cancel: (() => void) | undefined;
    const limit = new Promise<boolean>((resolve) => {
      cancel = timers.set(() => resolve(false), limitMs);
    });
    const wasIdle = await Promise.race([this.idle().then(() => true), limit]);
    cancel?.();
    return wasIdle;
  }

  abandon(): void {
    this.targets.dataBus?.abandon();
    this.targets.stageBus?.abandon();
    this.targets.subscribers.abandon();
  }

  private deliverOne(event: StoredEvent): void {
    const { dataBus, stageBus, subscribers } = this.targets;
    this.recent.push(event);
    this.byType.add(event.eventType);
    this.byOrigin.add(event.origin);
    const type = typeInfo(event.wireType ?? event.eventType);
    if (type.onDataBus) dataBus?.publish(event);
    if (type.stage !== null) stageBus?.publish(type.stage, event);
    subscribers.deliver(event.eventType, event);
  }

  private feed(sink: NamedSink, events: readonly StoredEvent[]): void {
    sink.events += events.length;
    try {
      sink.take(events);
    } catch (error) {
      sink.failures++;
      const [first] = events;
      this.log.error(
        { sink: sink.name, from_seq: first?.seq, count: events.length, reason: reasonOf(error) },
        'an event sink failed',
      );
    }
  }
}
