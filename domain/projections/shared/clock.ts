import type { StoredEvent } from '../../events/envelope';

/** The clock of a state: the newest event time folded so far, epoch seconds; null before the first event. */
export type Clocked = { clock: number | null };

/** A producer's clock further ahead than this is wrong (milliseconds sent as seconds, a dead battery), not fast. */
const MAX_AHEAD_S = 86_400;

export function minuteOf(t: number): number {
  return Math.floor(t / 60);
}

/** Moves the clock with the event; true when it entered a new minute, which is when rates decay and silence is noticed. */
export function tick(state: Clocked, event: StoredEvent): boolean {
  const before = state.clock;
  if (before !== null && event.timestamp <= before) return false;
  state.clock = event.timestamp;
  return before === null || minuteOf(before) !== minuteOf(event.timestamp);
}

/**
 * The event with a time that state can use. One event from the year 9999 would hold every "newest wins" field and mark
 * every node silent for ever, so a time more than a day ahead of both the receipt and all that was folded is replaced
 * by the time of receipt. (Ahead of both, because a simulated cluster's time may run ahead of the wall steadily.)
 */
export function timely(event: StoredEvent, clock: number | null): StoredEvent {
  const limit = Math.max(event.receivedAt, clock ?? -Infinity) + MAX_AHEAD_S;
  return event.timestamp <= limit ? event : { ...event, timestamp: event.receivedAt };
}
