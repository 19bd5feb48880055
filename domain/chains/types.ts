import type { EventRow, StoredEvent } from '../events/envelope';

/** What ties events together: ids that they share, or a state of one subject that begins and ends. In the order of a page. */
export const CHAIN_KINDS = [
  'linked',
  'run',
  'rollback',
  'work',
  'task',
  'search',
  'outage',
  'recovery',
  'quality',
  'sync',
  'leader',
  'lock',
  'pressure',
  'parity',
  'repair',
] as const;
export type ChainKind = (typeof CHAIN_KINDS)[number];

/** Which events may belong: all that is given must hold. It finds candidates; the rules decide. */
export interface Lookup {
  readonly types?: readonly string[];
  readonly config?: string;
  readonly node?: string;
  readonly model?: string;
  /** A text that stands somewhere in the payload. */
  readonly payload?: string;
  /** Text or model is an id, so that few events have it: looking for it alone is quickest. */
  readonly rare?: boolean;
  /** Only among the events next to it in history, which is quickest; `more` then says that they do not reach far enough. */
  readonly near?: boolean;
  /** Only between these places of history, both included. */
  readonly between?: readonly [from: number, to: number];
  readonly correlation?: string;
  /** Event id of the parent. */
  readonly parent?: string;
  readonly id?: string;
}

/** Candidates on both sides of an event, the nearest in history; repetitions are left out. */
export interface Found {
  readonly events: readonly StoredEvent[];
  /** More candidates stand further back, or further on, than were looked at. */
  readonly moreBefore: boolean;
  readonly moreAfter: boolean;
}

/** Asks history, at most `span` seconds of event time away from an event; `side` events at most to each side of it. */
export type Find = (lookup: Lookup, around: StoredEvent, span: number, side?: number) => Found;

export type Tie = { readonly event: StoredEvent; readonly by: string };

/** A chain before it is cut to what a page can carry. */
export interface Draft {
  readonly kind: ChainKind;
  readonly subject: string;
  readonly ties: readonly Tie[];
  readonly moreBefore: boolean;
  readonly moreAfter: boolean;
  /** The types one of which ends it; empty where it has ended, or where nothing tells. */
  readonly awaits: readonly string[];
  /** The event only belongs to it by its model or its config, or announces it: another chain tells more of this event. */
  readonly aside?: boolean;
}

/** One event of a chain, as a row of a feed, and its place in the chain. */
export type ChainMember = EventRow & {
  place: 'before' | 'this' | 'after';
  /** What ties it to the chain, in words. */
  by: string;
  /** Seconds since the chain's first event. */
  offset: number;
  /** Seconds since the member before it; null for the first. */
  gap: number | null;
};

/** A chain through an event, in the order of event time, then of history. */
export type Chain = {
  kind: ChainKind;
  /** The job, work id, node, config … that it is about. */
  subject: string;
  members: ChainMember[];
  /** True where the chain goes on beyond what is listed. */
  cut_before: boolean;
  cut_after: boolean;
  /** The types one of which would end it; empty where it has ended, or where nothing tells. */
  awaits: string[];
};

/** A step that the chain still lacks. */
export type MissingStep = {
  /** The event types one of which is awaited. */
  types: string[];
  /** The member that it would follow. */
  after: string;
  since: number;
  /** Seconds that it usually takes; null where history is too short to tell. */
  usual_seconds: number | null;
  /** Seconds after which it counts as overdue; null where no lifecycle says. */
  limit_seconds: number | null;
  /** So long ago that it will not come: it was lost, or never happened. */
  given_up: boolean;
};
