import type { StoredEvent } from '../../events/envelope';

/** The clock of a state: the newest event time folded so far, epoch seconds; null before the first event. */
export type Clocked = { clock: number | null };

/**
 * A producer's clock further ahead than this is wrong (a time zone, milliseconds sent as seconds, a dead battery), not
 * fast. Less than the silence after which nodes are stale, so that no event alone makes others look silent.
 */
const MAX_AHEAD_S = 600;

/** An event as state takes it in. `aheadS`: seconds by which its time was ahead, where `timestamp` is its receipt for that reason. */
export type TimelyEvent = StoredEvent & { readonly aheadS?: number };

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
 * The event with a time that state can use. One node whose clock is two hours ahead would hold every "newest wins" field
 * and mark all others silent, so a time far ahead of both the receipt and all that was folded is replaced by the time of
 * receipt. (Ahead of both, because a simulated cluster's time may run ahead of the wall steadily.)
 */
export function timely(event: StoredEvent, clock: number | null): TimelyEvent {
  const limit = Math.max(event.receivedAt, clock ?? -Infinity) + MAX_AHEAD_S;
  return event.timestamp <= limit ? event : received(event);
}

function received(event: StoredEvent): TimelyEvent {
  return { ...event, timestamp: event.receivedAt, aheadS: event.timestamp - event.receivedAt };
}

/**
 * Decides as `timely` did, for events that come in order of time and not of `seq`: the clock of then was no further behind
 * an event if one of a lower `seq` lies within reach before it.
 */
export class TimelyInOrder {
  /** Events within reach, each with a higher seq than the one before it: the first has the lowest. */
  #reach: StoredEvent[] = [];
  #first = 0;

  timely(event: StoredEvent): TimelyEvent {
    const { timestamp, receivedAt, seq } = event;
    while (this.#lowest() !== undefined && (this.#lowest()?.timestamp ?? 0) < timestamp - MAX_AHEAD_S)
      this.#first++;
    const steady = (this.#lowest()?.seq ?? Infinity) < seq;
    if (timestamp > receivedAt + MAX_AHEAD_S && !steady) return received(event);
    this.#add(event);
    return event;
  }

  #lowest(): StoredEvent | undefined {
    return this.#reach[this.#first];
  }

  #add(event: StoredEvent): void {
    // What lies before it and has a higher seq is out of reach sooner, and decides nothing any more.
    while (this.#reach.length > this.#first && (this.#reach.at(-1)?.seq ?? 0) > event.seq) this.#reach.pop();
    this.#reach.push(event);
    if (this.#first < 1_024) return;
    this.#reach.splice(0, this.#first);
    this.#first = 0;
  }
}
