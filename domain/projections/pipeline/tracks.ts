import type { StoredEvent } from '../../events/envelope';
import { evictLowest } from '../shared/bounds';
import { compareStamps, isNotOlder, isSet, type Stamp } from '../shared/order';

/** One thing that starts and ends, e.g. a training job: its newest start and its newest end. */
export type Track = { start: Stamp; end: Stamp; config: string | null };

/** Things by id, and how many of them are under way. Ended ones stay for a while, so that a late start revives nothing. */
export type Tracks = { table: Map<string, Track>; active: number };

export function tracks(): Tracks {
  return { table: new Map(), active: 0 };
}

function isActive(track: Track): boolean {
  return isSet(track.start) && compareStamps(track.start, track.end) > 0;
}

/** Notes a start or an end of `id`, in whichever order the two arrive. */
export function mark(
  all: Tracks,
  id: string,
  side: 'start' | 'end',
  event: StoredEvent,
  limit: number,
): void {
  let track = all.table.get(id);
  if (track === undefined) {
    track = { start: { t: -Infinity, s: -1 }, end: { t: -Infinity, s: -1 }, config: event.config };
    all.table.set(id, track);
  }
  const before = isActive(track);
  if (isNotOlder(event, track[side])) track[side] = { t: event.timestamp, s: event.seq };
  all.active += Number(isActive(track)) - Number(before);
  evict(all, limit);
}

/** Notes an end that names no id: it is taken to end the oldest thing of its config that was under way by then. */
export function markOldestEnded(all: Tracks, event: StoredEvent): void {
  let oldest: Track | null = null;
  for (const track of all.table.values()) {
    if (!isActive(track) || track.config !== event.config || !isNotOlder(event, track.start)) continue;
    if (oldest === null || compareStamps(track.start, oldest.start) < 0) oldest = track;
  }
  if (oldest === null) return;
  oldest.end = { t: event.timestamp, s: event.seq };
  all.active -= 1;
}

/** When the oldest thing under way started; null when there is none. */
export function activeSince(all: Tracks): number | null {
  if (all.active === 0) return null;
  let since = Infinity;
  for (const track of all.table.values()) if (isActive(track)) since = Math.min(since, track.start.t);
  return since === Infinity ? null : since;
}

/** More than any time stamp: what is subtracted to rank everything that ended below everything under way. */
const ENDED = 1e12;

/** Ended things go before those under way, long past ones first. */
function evict(all: Tracks, limit: number): void {
  evictLowest(
    all.table,
    limit,
    (track) => (isActive(track) ? track.start.t : track.end.t - ENDED),
    (_, track) => {
      if (isActive(track)) all.active -= 1;
    },
  );
}
