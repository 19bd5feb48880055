import type { EventRow } from '@/domain/events/envelope';
import { cursorAt, searchedShare } from './search-place';

export interface HistoryPage {
  readonly events: readonly EventRow[];
  readonly next_cursor: string | null;
  readonly head_seq: number;
  readonly scanned_to?: number;
}

export interface ReadOn {
  /** Below this seq. */
  readonly from: number;
  readonly read: (cursor: string) => Promise<HistoryPage>;
  /** The next older matches, newest first; true while more are wanted. */
  readonly found: (rows: readonly EventRow[]) => boolean;
  /** How much of history was looked through, 0 to 1. */
  readonly searched: (share: number) => void;
  readonly signal: AbortSignal;
  /** Tests need not wait for it. */
  readonly pause?: () => Promise<void>;
}

const RETRY_MS = 5_000;

/**
 * Reads the matches that a list lacks, page by page, from where the first search ran out of time: until it is full, history
 * ends, or nobody waits any more. A page that could not be read is asked for again.
 */
export async function readOn({ from, read, found, searched, signal, pause = rest }: ReadOn): Promise<void> {
  const gone = (): boolean => signal.aborted;
  let cursor: string | null = cursorAt('desc', from);
  while (cursor !== null && !gone()) {
    const page: HistoryPage | null = await read(cursor).catch(() => null);
    if (gone()) return;
    if (page === null) {
      await pause();
      continue;
    }
    searched(searchedShare(page) ?? 1);
    if (!found(page.events)) return;
    cursor = page.next_cursor;
  }
}

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, RETRY_MS));
