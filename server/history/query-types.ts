import type { EventRow, StoredEvent } from '../../domain/events/envelope';
import type { ExportFormat } from '../../domain/export';
import type { Dimension } from './blocks/block';

export interface QueryOptions {
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  /** False: `total` is not wanted. */
  readonly count?: boolean;
  /** Milliseconds after which a page that has something is given, full or not; in a third of them one that fills a screen. */
  readonly first?: number;
  /** Milliseconds that the search may take in any case. */
  readonly ms?: number;
}

/** Where a walk through history in order of event time stands: at the event of this time (epoch seconds) and seq. */
export interface TimePlace {
  readonly timestamp: number;
  readonly seq: number;
}

export interface EventPage {
  readonly events: readonly StoredEvent[];
  /** Pass back as `cursor` for the next page; null at the end. */
  readonly nextCursor: string | null;
  /** Matches in all, counted up to 100,000; -1 where nobody asked or counting took too long. */
  readonly total: number;
  /** The search ran out of time here, before the page was full; `nextCursor` goes on. */
  readonly partial?: { readonly scannedTo: number };
}

/** The newest matches, ascending. */
export interface NewestMatches {
  readonly rows: readonly EventRow[];
  /** Time ran out here, before there were as many as wanted: below this seq there may be more. Null: there are none. */
  readonly scannedTo: number | null;
}

/** One step of an export: where the last one ended, and how far all of them go. */
export interface ExportAsk {
  readonly format: ExportFormat;
  readonly order: 'asc' | 'desc';
  /** Later events do not belong to it, so that it ends while events arrive. */
  readonly upTo: number;
  /** `at` of the step before; null for the first. */
  readonly after: number | null;
  /** No event was written yet. */
  readonly first: boolean;
}

/** A part of an export in its format. May be empty where nothing matched for a while. */
export interface ExportSlice {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly events: number;
  /** The seq up to which every event has been looked at, in the export's order. */
  readonly at: number;
  readonly done: boolean;
}

export interface Neighbours {
  readonly prevByConfig: EventRow | null;
  readonly nextByConfig: EventRow | null;
  readonly prevByNode: EventRow | null;
  readonly nextByNode: EventRow | null;
}

/** Values that occur among the newest 200,000 events, with their number, most frequent first. */
export type Facets = Record<
  'types' | 'categories' | 'nodes' | 'configs' | 'sources' | 'severities',
  [name: string, count: number][]
>;

export type PayloadValue = readonly [value: string | number | boolean | null, count: number];

export interface SummaryOptions {
  /** Bars of the histogram at most; 0 for none. */
  readonly buckets: number;
  /** Milliseconds after which an estimate is given. */
  readonly ms?: number;
  /** Milliseconds that an estimate of few is counted on before it is given. */
  readonly fewMs?: number;
}

/** What a filter matches, by dimension and over time. */
export interface Summary {
  readonly total: number;
  /** False: all counts are estimated from the events that were looked at. */
  readonly exact: boolean;
  /** An estimate of so few matches that `exactSummary` counts them. */
  readonly countable: boolean;
  readonly sampled: { readonly events: number; readonly of: number } | null;
  /** Events that retention has removed, of which the bars alone know. */
  readonly removed: number;
  /** The most frequent values, and how many others there are. */
  readonly facets: Readonly<
    Record<
      Dimension,
      { readonly values: readonly (readonly [name: string, count: number])[]; readonly others: number }
    >
  >;
  /** Bars of `width` seconds from `from` on, by category; null where no time is known. */
  readonly histogram: {
    readonly from: number;
    readonly width: number;
    readonly count: number;
    readonly series: readonly (readonly [category: string, counts: readonly number[]])[];
  } | null;
}
