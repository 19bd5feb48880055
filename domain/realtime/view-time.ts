/** After so long without an event (seconds) a history is a record of the past, not a cluster that fell silent. */
export const AT_REST_AFTER_S = 7 * 86_400;

/** True for a recording or a history that nothing adds to any more. Times are epoch seconds. */
export function isAtRest(now: number, newestEvent: number | null): boolean {
  return newestEvent !== null && now - newestEvent > AT_REST_AFTER_S;
}

/** A state dated so far ahead of now (seconds) is told; a single producer's clock does not move it so far (`timely`). */
const AHEAD_AFTER_S = 15 * 60;

/** True where the state's time, which is that of the newest event, has run away from the server's. */
export function isAhead(now: number, newestEvent: number | null): newestEvent is number {
  return newestEvent !== null && newestEvent - now > AHEAD_AFTER_S;
}

/**
 * The moment from which ages count: now; where the newest event is ahead (a simulated cluster lives faster than we do),
 * that; and for a history at rest its end, since "331 days ago" on every line would tell nothing.
 */
export function viewTime(now: number, newestEvent: number | null): number {
  if (newestEvent === null) return now;
  return isAtRest(now, newestEvent) ? newestEvent : Math.max(now, newestEvent);
}
