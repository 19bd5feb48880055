import type { EventRow } from '../../../domain/events/envelope';
import type { EventFilter } from '../../../domain/realtime/contract';
import type { History } from '../../history/types';

/** A page is painted with the rows that are found by then, milliseconds; the browser reads on. */
const PAINT_MS = 400;

/** What a page's list of events starts with: the newest matches, ascending. */
export interface ListStart {
  readonly rows: readonly EventRow[];
  /** Every event up to here has been considered: a live feed goes on after it. */
  readonly considered: number;
  /** Below this seq history was not searched yet; null where all that match, or as many as wanted, are there. */
  readonly scannedTo: number | null;
}

/** @param deliveredSeq what was delivered before the rows are looked up: what comes in between is sent again rather than missed. */
export async function listStart(
  history: Pick<History, 'newestRows'>,
  deliveredSeq: number,
  filter: EventFilter,
  limit: number,
): Promise<ListStart> {
  const { rows, scannedTo } = await history.newestRows(filter, limit, PAINT_MS);
  return { rows, scannedTo, considered: Math.max(deliveredSeq, rows.at(-1)?.seq ?? 0) };
}
