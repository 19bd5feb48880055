import type { NewEvent } from '../history/types';
import { Counter } from './counter';
import type { DataBusStats } from './delivery/data-bus';
import type { FailureStats } from './delivery/handler-failures';
import type { RowsSummary } from './types';
import type { LatencySummary } from '../latency-window';
import { LatencyWindow } from '../latency-window';
import type { StageBusStats } from './delivery/stage-bus';

type NamedCounts = readonly (readonly [name: string, count: number])[];

/** Counts since the start of the router. */
export interface RouterStats {
  /** Committed, repetitions in logs included. */
  readonly stored: number;
  /** Handed to buses and subscribers. */
  readonly delivered: number;
  /** Repetitions: not stored (from publishers) or marked (from logs). */
  readonly duplicates: number;
  readonly duplicatesByType: NamedCounts;
  readonly rejected: number;
  readonly rejectedByCode: NamedCounts;
  /** Rows that were offered again and recognised by their event id. */
  readonly existing: number;
  readonly byType: NamedCounts;
  readonly byOrigin: NamedCounts;
  /** Accepted, not yet committed. */
  readonly inFlight: number;
  /** Deliveries that wait for a busy handler. */
  readonly queued: number;
  readonly subscribers: number;
  readonly sinks: number;
  readonly sinkFailures: number;
  readonly handlers: FailureStats;
  /** Run times of the router's own subscribers. */
  readonly latency: LatencySummary;
  /** How long batches took, over the newest 1,024 of them. */
  readonly passage: Passage;
  readonly duplicateIndex: { readonly size: number; readonly evictedEarly: number };
  /** Null: the router has no such bus. */
  readonly dataBus: DataBusStats | null;
  readonly stageBus: StageBusStats | null;
  readonly queues: readonly { readonly name: string; readonly ok: boolean }[];
}

/** A batch's way through the router, in milliseconds. */
export interface Passage {
  /** From the acceptance of its first event until it is durable. */
  readonly durable: LatencySummary;
  /** From durable until it has been handed to sinks, buses and subscribers (whose async work goes on). */
  readonly delivered: LatencySummary;
  /** Both. */
  readonly total: LatencySummary;
}

type Gathered = Omit<
  RouterStats,
  | 'stored'
  | 'delivered'
  | 'duplicates'
  | 'duplicatesByType'
  | 'rejected'
  | 'rejectedByCode'
  | 'existing'
  | 'passage'
>;

/** The router's own counters. */
export class RouterCounts {
  private storedCount = 0;
  private existing = 0;
  private readonly durable = new LatencyWindow();
  private readonly delivered = new LatencyWindow();
  private readonly total = new LatencyWindow();
  private readonly duplicates = new Counter();
  private readonly rejections = new Counter();

  stored(count: number): void {
    this.storedCount += count;
  }

  /** A batch has passed: when it was accepted, durable and delivered, by one clock in milliseconds. */
  passed(accepted: number, durable: number, delivered: number): void {
    this.durable.record(durable - accepted);
    this.delivered.record(delivered - durable);
    this.total.record(delivered - accepted);
  }

  duplicate(event: NewEvent): void {
    this.duplicates.add(event.eventType);
  }

  rejected(code: string): void {
    this.rejections.add(code);
  }

  rows(summary: RowsSummary): void {
    this.existing += summary.existing;
  }

  stats(gathered: Gathered): RouterStats {
    return {
      stored: this.storedCount,
      delivered: gathered.byOrigin.reduce((sum, [, count]) => sum + count, 0),
      duplicates: this.duplicates.total,
      duplicatesByType: this.duplicates.entries(),
      rejected: this.rejections.total,
      rejectedByCode: this.rejections.entries(),
      existing: this.existing,
      passage: {
        durable: this.durable.summary(),
        delivered: this.delivered.summary(),
        total: this.total.summary(),
      },
      ...gathered,
    };
  }
}
