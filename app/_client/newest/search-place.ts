type Order = 'asc' | 'desc';

/** Where a search that ran out of time goes on. */
export interface SearchPlace {
  readonly order: Order;
  /** Seq of the row that it came from, at the end of what the list holds; null where the list held none. */
  readonly from: number | null;
  /** It looked up to this seq. */
  readonly at: number;
  readonly cursor: string;
}

/** The cursor of history for "the page after this seq, in this order". */
export function cursorAt(order: Order, seq: number): string {
  return btoa(`${order}:${seq}`).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * The cursor for the next page behind the row `from`: where the last search ended, if it came from there; else the row itself.
 * Where the list was empty, rows that arrived since lie before what was searched.
 */
export function nextCursor(place: SearchPlace | null, order: Order, from: number | null): string | null {
  const known =
    place?.order === order && (place.from === from || (place.from === null && newer(from, place)));
  if (known) return place.cursor;
  return from === null ? null : cursorAt(order, from);
}

const newer = (from: number | null, { order, at }: SearchPlace): boolean =>
  order === 'desc' && from !== null && from > at;

/** The place of a page that was answered; null where it came to its end. */
export function placeOf(
  order: Order,
  from: number | null,
  page: {
    readonly events: readonly { readonly seq: number }[];
    readonly next_cursor: string | null;
    readonly scanned_to?: number;
  },
): SearchPlace | null {
  const { scanned_to: at, next_cursor: cursor } = page;
  if (at === undefined || cursor === null) return null;
  return { order, from: page.events.at(-1)?.seq ?? from, at, cursor };
}

/** The place of what a page was rendered with. */
export function startPlace(
  start: {
    readonly rows: readonly { readonly seq: number }[];
    readonly scannedTo: number | null;
  } | null,
): SearchPlace | null {
  if (start === null || start.scannedTo === null) return null;
  const at = start.scannedTo;
  return { order: 'desc', from: start.rows[0]?.seq ?? null, at, cursor: cursorAt('desc', at) };
}

/** The share of history, from its newest event down, that was looked through; null for a page that came to its end. */
export function searchedShare(page: {
  readonly head_seq: number;
  readonly scanned_to?: number;
}): number | null {
  const { scanned_to: at, head_seq: head } = page;
  return at === undefined ? null : 1 - at / Math.max(head, at);
}
