import { useEffect, useRef, useState } from 'react';
import { DotSource } from '@/components/river/source';
import { CATEGORIES } from '@/domain/events/catalogue/categories';
import type { EventDot, EventRow } from '@/domain/events/envelope';
import type { ListStart } from '@/server/live/feeds/list-start';
import { useLiveFeed } from '../_client/live/live-provider';
import { useTRPCClient } from '../_client/queries/trpc';
import { NEWEST_SHOWN } from './topics';

const EVERYTHING = {};
/** As many as a feed gives at the start; what a window needs beyond them is read page by page. */
const FIRST_DOTS = 1_000;
const PAGE = 500;
const MOST_PAGES = 8;

const LANE_INDEX = new Map<string, number>(CATEGORIES.map(({ id }, i) => [id, i]));
const UNCATALOGUED = CATEGORIES.length - 1;

const dotOf = (row: EventRow): EventDot => [row.seq, row.timestamp, row.event_type, row.severity];

export interface DotOrigin {
  readonly newest: ListStart | null;
  readonly categories: readonly (readonly [eventType: string, category: string])[];
  /** The longest stretch of time that the river can show, seconds. */
  readonly reach: number;
}

/** The dots of the river: what the page came with, then the live feed, then what older ones the window has room for. */
export function useDots({ newest, categories, reach }: DotOrigin): DotSource {
  const [source] = useState(() => {
    const byType = new Map(categories);
    const made = new DotSource((type) => LANE_INDEX.get(byType.get(type) ?? '') ?? UNCATALOGUED);
    // Before the others have come, the river says that they have not: white would say that nothing happened.
    const rows = newest?.rows ?? [];
    const truncated = (newest?.scannedTo ?? null) !== null || rows.length >= NEWEST_SHOWN;
    made.take(rows.map(dotOf), { truncated });
    return made;
  });
  const fill = useBackfill(source, reach);
  useLiveFeed({ shape: 'dot', filter: EVERYTHING, limit: FIRST_DOTS }, (frame) => {
    if (frame.kind !== 'rows') return;
    const truncated = frame.scannedTo !== null || frame.dots.length >= FIRST_DOTS;
    source.take(frame.dots, frame.reset && { truncated });
    if (frame.reset && truncated) fill();
  });
  return source;
}

/** Reads the dots before the oldest held one, back to the start of the longest window, within bounds. */
function useBackfill(source: DotSource, reach: number): () => void {
  const client = useTRPCClient();
  const gone = useRef<AbortController | null>(null);
  useEffect(() => () => gone.current?.abort(), []);
  const read = async (signal: AbortSignal): Promise<void> => {
    const { ring } = source;
    const { size } = ring;
    // Where time ran out before there was a single dot, the newest are read.
    const filter = size === 0 ? {} : { since: ring.timeAt(size - 1) - reach, until: ring.timeAt(0) };
    const older: EventDot[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer: { events: readonly EventRow[]; next_cursor: string | null } =
        await client.events.list.query(
          { filter, order: 'desc', limit: PAGE, count: false, cursor },
          { signal },
        );
      older.push(...answer.events.map(dotOf));
      cursor = answer.next_cursor;
      if (cursor === null) break;
    }
    if (!signal.aborted) source.prepend(older.reverse(), cursor === null);
  };
  return () => {
    gone.current?.abort();
    gone.current = new AbortController();
    // Without it the river says which part was not loaded.
    read(gone.current.signal).catch(() => undefined);
  };
}
