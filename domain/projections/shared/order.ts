import type { EventRef } from '../../realtime/entities';
import type { StoredEvent } from '../../events/envelope';

/** A place in the order of events: event time, then history position. Total, and the same for every fold. */
export type Stamp = { t: number; s: number };

/** A field that only an event which is not older than its last writer may replace. `t` is -Infinity until the first. */
export type Register<V> = { t: number; s: number; v: V };

export function register<V>(v: V): Register<V> {
  return { t: -Infinity, s: -1, v };
}

/** True when the event comes after the stamp, or is the very event that set it. */
export function isNotOlder(event: StoredEvent, stamp: Stamp): boolean {
  return event.timestamp > stamp.t || (event.timestamp === stamp.t && event.seq >= stamp.s);
}

/** True when the event, or the one referred to, comes before the stamp. */
export function isBefore(event: Pick<StoredEvent, 'timestamp' | 'seq'>, stamp: Stamp): boolean {
  return event.timestamp < stamp.t || (event.timestamp === stamp.t && event.seq < stamp.s);
}

/** Sets the register unless a newer event already has; true when it did. */
export function write<V>(target: Register<V>, event: StoredEvent, v: V): boolean {
  if (!isNotOlder(event, target)) return false;
  target.t = event.timestamp;
  target.s = event.seq;
  target.v = v;
  return true;
}

/** Negative when `a` comes before `b`. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return a.t === b.t ? a.s - b.s : a.t - b.t;
}

/** True once something was written. */
export function isSet(stamp: Stamp): boolean {
  return stamp.s >= 0;
}

/** Puts an item at its place in a list sorted by stamp, looking from the end, where it nearly always belongs. Returns the index. */
export function insertSorted<T extends Stamp>(list: T[], item: T): number {
  let index = list.length;
  while (index > 0) {
    const before = list[index - 1];
    if (before === undefined || compareStamps(before, item) <= 0) break;
    index -= 1;
  }
  if (index === list.length) list.push(item);
  else list.splice(index, 0, item);
  return index;
}

/** Puts an item at its place in a list sorted by stamp; beyond `limit` the oldest goes, be it the item itself. */
export function keepNewest<T extends Stamp>(list: T[], item: T, limit: number): void {
  insertSorted(list, item);
  if (list.length > limit) list.shift();
}

/** The newest events referred to, as many as one projection takes at once, and their references: at the place of the seq. */
const REMEMBERED = 128;
const referred = new Array<StoredEvent | undefined>(REMEMBERED).fill(undefined);
const refs = new Array<EventRef | undefined>(REMEMBERED).fill(undefined);

/**
 * The reference that entities carry to the event behind a figure. Never written to: all that refer to one event share
 * it, because several projections ask for each event, one after the other for some events at once, and most keep it.
 */
export function refOf(event: StoredEvent): EventRef {
  const place = event.seq % REMEMBERED;
  const known = refs[place];
  if (known !== undefined && referred[place] === event) return known;
  const ref = makeRef(event);
  referred[place] = event;
  refs[place] = ref;
  return ref;
}

function makeRef(event: StoredEvent): EventRef {
  return {
    event_id: event.eventId,
    seq: event.seq,
    event_type: event.eventType,
    timestamp: event.timestamp,
    config: event.config,
    node: event.node,
  };
}

/** Keeps the newest of two references, by event time and history position. */
export function newerRef(current: EventRef | null, event: StoredEvent): EventRef {
  if (current === null || event.timestamp > current.timestamp) return refOf(event);
  return event.timestamp === current.timestamp && event.seq >= current.seq ? refOf(event) : current;
}
