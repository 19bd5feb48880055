import type { StoredEvent } from '../events/envelope';

/** Event time, then place in history. */
export function byTime(a: StoredEvent, b: StoredEvent): number {
  return a.timestamp - b.timestamp || a.seq - b.seq;
}
