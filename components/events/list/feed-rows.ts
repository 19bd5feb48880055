import type { EventRow } from '@/domain/events/envelope';

/**
 * Places in a list that is kept ascending by seq (so that arrivals are cheap) and drawn descending: index 0 is the
 * newest row, at the top.
 */

export function rowAt(body: readonly EventRow[], index: number): EventRow | undefined {
  return body[body.length - 1 - index];
}

/** Drawn index of a row, or of the next older one where that seq is not there; at least 0. */
export function indexOfSeq(body: readonly EventRow[], seq: number): number {
  let low = 0;
  let high = body.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((body[middle]?.seq ?? Infinity) <= seq) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, body.length - low);
}
