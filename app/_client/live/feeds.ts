import type { EventDot, EventRow } from '@/domain/events/envelope';
import type { EventFilter, FeedAnswer, FeedError, FeedFrame, FeedRequest } from '@/domain/realtime/contract';
import { unpackDots } from '@/domain/realtime/packed-dots';
import { NO_ROWS, unpackRows } from '@/domain/realtime/packed-rows';

/** What a reader of a feed gets. `reset`: drop what you hold first. */
export type LiveFrame =
  | {
      readonly kind: 'rows';
      readonly reset: boolean;
      readonly rows: readonly EventRow[];
      readonly dots: readonly EventDot[];
      readonly headSeq: number;
      /** With `reset`: time ran out at this seq, below it there may be more; null where there is none. */
      readonly scannedTo: number | null;
    }
  | ({ readonly kind: 'error' } & FeedError);

export interface FeedSpec {
  readonly shape: 'row' | 'dot';
  readonly filter: EventFilter;
  readonly limit: number;
  /** The last seq already held; null for "begin with the newest". */
  readonly head: number | null;
}

const RETRY_MS = 5_000;

interface OpenFeed {
  readonly spec: FeedSpec;
  readonly onFrame: (frame: LiveFrame) => void;
  head: number | null;
  /** Asked and not answered: frames wait, so that nothing is delivered out of order. Null when answered. */
  early: FeedFrame[] | null;
}

export interface FeedWire {
  /** Does nothing while there is no connection; every open feed is asked for when there is one. */
  subscribe(request: FeedRequest): void;
  unsubscribe(feedId: string): void;
}

/** The open feeds of this browser. Each row reaches its reader once and in order, over any number of connections. */
export class Feeds {
  private readonly open = new Map<string, OpenFeed>();
  private count = 0;

  constructor(
    private readonly wire: FeedWire,
    private readonly later: (run: () => void, ms: number) => void = (run, ms) => void setTimeout(run, ms),
  ) {}

  /** Opens a feed; call what it returns to close it. */
  start(spec: FeedSpec, onFrame: (frame: LiveFrame) => void): () => void {
    const id = `f${++this.count}`;
    const feed: OpenFeed = { spec, onFrame, head: spec.head, early: [] };
    this.open.set(id, feed);
    this.ask(id, feed);
    return () => {
      if (this.open.delete(id)) this.wire.unsubscribe(id);
    };
  }

  connected(): void {
    for (const [id, feed] of this.open) this.ask(id, feed);
  }

  answered(feedId: string, answer: FeedAnswer | { error: FeedError }): void {
    const feed = this.open.get(feedId);
    if (feed === undefined) return;
    const early = feed.early ?? [];
    feed.early = null;
    if ('error' in answer) {
      feed.onFrame({ kind: 'error', ...answer.error });
      if (answer.error.code === 'history_unavailable') this.askLater(feedId, feed);
      return;
    }
    const reset = answer.reset || feed.head === null;
    if (reset) feed.head = null;
    deliver(feed, answer, reset, answer.scanned_to ?? null);
    for (const frame of early) deliver(feed, frame, frame.reset ?? false);
  }

  framed(frame: FeedFrame): void {
    const feed = this.open.get(frame.feed_id);
    if (feed === undefined) return;
    if (feed.early !== null) feed.early.push(frame);
    else deliver(feed, frame, frame.reset ?? false);
  }

  /** History comes back by itself; the connection lives meanwhile, so nothing else would ask again. */
  private askLater(id: string, feed: OpenFeed): void {
    this.later(() => {
      if (this.open.get(id) === feed && feed.early === null) this.ask(id, feed);
    }, RETRY_MS);
  }

  private ask(id: string, feed: OpenFeed): void {
    feed.early = [];
    const { shape, filter, limit } = feed.spec;
    const packed = shape === 'row' ? 'packed_row' : shape;
    this.wire.subscribe({ feed_id: id, shape: packed, filter, limit, after_seq: feed.head });
  }
}

function deliver(feed: OpenFeed, frame: FeedFrame, reset: boolean, scannedTo: number | null = null): void {
  const head = feed.head ?? -1;
  const rows = unpackRows(frame.packed_rows ?? NO_ROWS).filter((row) => row.seq > head);
  const dots = unpackDots(frame.dots).filter((dot) => dot[0] > head);
  feed.head = Math.max(head, frame.head_seq);
  if (!reset && rows.length === 0 && dots.length === 0) return;
  feed.onFrame({ kind: 'rows', reset, rows, dots, headSeq: feed.head, scannedTo });
}
