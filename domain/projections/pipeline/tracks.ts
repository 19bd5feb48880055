import type { StoredEvent } from '../../events/envelope';
import { evictLowest } from '../shared/bounds';
import { compareStamps, isBefore, isNotOlder, isSet, type Stamp } from '../shared/order';
import { fellSilent, isSilent } from '../shared/silence';

/** One thing that starts and ends, e.g. a training job: its newest start, its newest end, and when it was heard of last. */
export type Track = {
  start: Stamp;
  end: Stamp;
  heard: number;
  config: string | null;
  /** The newest word of it is that it stalled. */
  stalled: boolean;
  /** Its start was not seen: it is taken to have started with the first word of it. */
  presumed: boolean;
};

/**
 * Things by id, and how many of them started and did not end, also those that fell silent since. Ended ones stay for a
 * while, so that a late start revives nothing.
 */
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
  const track = all.table.get(id) ?? blank(all, id, event);
  track.heard = Math.max(track.heard, event.timestamp);
  const before = isActive(track);
  if (isNotOlder(event, track.start) && isNotOlder(event, track.end))
    track.stalled = event.eventType === 'SYNC_STALLED';
  const real = side === 'start' && track.presumed;
  if (real || isNotOlder(event, track[side])) track[side] = { t: event.timestamp, s: event.seq };
  if (real) track.presumed = false;
  all.active += Number(isActive(track)) - Number(before);
  evict(all, limit);
}

function blank(all: Tracks, id: string, event: StoredEvent): Track {
  const [start, end] = [
    { t: -Infinity, s: -1 },
    { t: -Infinity, s: -1 },
  ];
  const track = { start, end, heard: -Infinity, config: event.config, stalled: false, presumed: false };
  all.table.set(id, track);
  return track;
}

/** Whether a thing was given up because it stalled; that it failed is then no news. */
export function hasStalled(all: Tracks, id: string | null): boolean {
  return id !== null && all.table.get(id)?.stalled === true;
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

/**
 * Notes that a thing goes on; without an id it is the one of its config that was started last by then. What goes on and was
 * never seen to start or end was under way before this history begins: true when that is how the event begins it.
 */
export function markHeard(all: Tracks, id: string | null, event: StoredEvent, limit: number): boolean {
  const track = id === null ? lastStarted(all, event) : all.table.get(id);
  if (track === undefined) {
    if (id === null) return false;
    mark(all, id, 'start', event, limit);
    const begun = all.table.get(id);
    if (begun !== undefined) begun.presumed = true;
    return begun !== undefined;
  }
  track.heard = Math.max(track.heard, event.timestamp);
  if (track.presumed && isBefore(event, track.start)) track.start = { t: event.timestamp, s: event.seq };
  return false;
}

function lastStarted(all: Tracks, event: StoredEvent): Track | undefined {
  let last: Track | undefined;
  for (const track of all.table.values()) {
    if (!isActive(track) || track.config !== event.config || !isNotOlder(event, track.start)) continue;
    if (last === undefined || compareStamps(track.start, last.start) > 0) last = track;
  }
  return last;
}

/** How many things are under way, and since when the oldest of them is. What fell silent was given up somewhere. */
export function underWay(all: Tracks, clock: number | null): { count: number; since: number | null } {
  if (all.active === 0) return { count: 0, since: null };
  let [count, since] = [0, Infinity];
  for (const track of all.table.values()) {
    if (!isActive(track) || isSilent(track.heard, clock)) continue;
    count += 1;
    since = Math.min(since, track.start.t);
  }
  return { count, since: count === 0 ? null : since };
}

/** True when a thing under way fell silent between two readings of the clock. */
export function anyFellSilent(all: Tracks, before: number | null, clock: number | null): boolean {
  if (all.active === 0) return false;
  for (const track of all.table.values())
    if (isActive(track) && fellSilent(track.heard, before, clock)) return true;
  return false;
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
