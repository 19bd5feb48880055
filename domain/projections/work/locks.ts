import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { firstName, lineField, nameField, namesField, numberField } from '../shared/fields';
import { isBefore, isNotOlder, isSet, newerRef, refOf, register, write } from '../shared/order';
import type { DeadlockEntity, LockEntity } from './entities';
import { LOST_AFTER_S } from './life';
import { addSample, spread } from './spread';
import type { LockState, WorkProjectionState } from './state';

export const MAX_LOCKS = 250;
export const MAX_DEADLOCKS = 50;
const MAX_NAMES = 10;

type LockRule = (state: WorkProjectionState, lock: LockState, event: StoredEvent) => void;

function acquired(state: WorkProjectionState, lock: LockState, event: StoredEvent): void {
  state.lockTotals.acquired += 1;
  lock.acquired += 1;
  const name = holderOf(event) ?? 'unnamed';
  write(lock.holder, event, { name, event: refOf(event) });
}

function released(state: WorkProjectionState, lock: LockState, event: StoredEvent): void {
  state.lockTotals.released += 1;
  free(lock, event);
}

/**
 * Two things are reported alike: a holder that did not give the lock up in time, which ends its hold, and another that
 * waited for it in vain. A timeout that names somebody else than the holder is a wait.
 */
function timedOut(state: WorkProjectionState, lock: LockState, event: StoredEvent): void {
  state.lockTotals.timeouts += 1;
  lock.timeouts += 1;
  lock.lastTimeout = newerRef(lock.lastTimeout, event);
  const who = holderOf(event);
  if (who === null || lock.holder.v?.name === who) {
    free(lock, event);
    return;
  }
  lock.waits += 1;
  write(lock.waiter, event, { name: who, seconds: waitOf(event) });
}

function waitOf({ payload }: StoredEvent): number | null {
  const seconds = numberField(payload, 'waited_seconds') ?? numberField(payload, 'timeout_seconds');
  return seconds === null || seconds < 0 ? null : seconds;
}

function free(lock: LockState, event: StoredEvent): void {
  const held = lock.holder.v;
  if (!isNotOlder(event, lock.holder)) return;
  const { timestamp: t, seq: s } = event;
  if (held !== null) addSample(lock.holds, { t, s, v: t - held.event.timestamp });
  write(lock.holder, event, null);
  lock.freed = refOf(event);
}

function holderOf({ payload }: StoredEvent): string | null {
  return firstName(payload, ['holder', 'holder_id', 'owner', 'waiter']);
}

const RULES: ReadonlyMap<string, LockRule> = new Map<string, LockRule>([
  ['LOCK_ACQUIRED', acquired],
  ['LOCK_RELEASED', released],
  ['LOCK_TIMEOUT', timedOut],
]);

export const LOCK_TYPES: readonly string[] = [...RULES.keys(), 'DEADLOCK_DETECTED'];

/** True when the event was about locks. */
export function foldLocks(state: WorkProjectionState, event: StoredEvent, touch: Touch): boolean {
  if (event.eventType === 'DEADLOCK_DETECTED') {
    deadlock(state, event, touch);
    return true;
  }
  const rule = RULES.get(event.eventType);
  if (rule === undefined) return false;
  const name = nameField(event.payload, 'lock_name');
  if (name === null) return true;
  rule(state, lockFor(state, name, event, touch), event);
  touch('work.locks', name);
  moveOn(state, name, event, touch);
  return true;
}

function lockFor(state: WorkProjectionState, name: string, event: StoredEvent, touch: Touch): LockState {
  let lock = state.locks.get(name);
  if (lock === undefined) {
    lock = {
      name,
      holder: register<LockState['holder']['v']>(null),
      freed: null,
      acquired: 0,
      timeouts: 0,
      waits: 0,
      lastTimeout: null,
      waiter: register<LockState['waiter']['v']>(null),
      holds: new Map(),
      deadlocks: 0,
      heardAt: event.timestamp,
    };
    state.locks.set(name, lock);
    // Free ones go first, then those that were not heard of for the longest time.
    const rank = ({ holder, heardAt }: LockState): number => heardAt + (holder.v === null ? 0 : LOST_AFTER_S);
    evictLowest(state.locks, MAX_LOCKS, rank, (key) => touch('work.locks', key));
  }
  lock.heardAt = Math.max(lock.heardAt, event.timestamp);
  return lock;
}

function deadlock(state: WorkProjectionState, event: StoredEvent, touch: Touch): void {
  state.lockTotals.deadlocks += 1;
  const locks = namesField(event.payload, 'locks_involved', MAX_NAMES);
  state.deadlocks.set(event.eventId, {
    at: event.timestamp,
    locks,
    holders: namesField(event.payload, 'holders', MAX_NAMES),
    resolution: lineField(event.payload, 'resolution'),
    moved_on: movedSince(state, locks, event),
    event: refOf(event),
  });
  touch('work.deadlocks', event.eventId);
  evictLowest(
    state.deadlocks,
    MAX_DEADLOCKS,
    ({ at }) => at,
    (key) => touch('work.deadlocks', key),
  );
  for (const name of new Set(locks)) {
    lockFor(state, name, event, touch).deadlocks += 1;
    touch('work.locks', name);
  }
}

/** When one of the locks moved after a deadlock that is told of late; null where none did. */
function movedSince(state: WorkProjectionState, locks: readonly string[], event: StoredEvent): number | null {
  const moves = locks.flatMap((name) => {
    const lock = state.locks.get(name);
    if (lock === undefined) return [];
    const { holder, lastTimeout: out } = lock;
    return [holder, ...(out === null ? [] : [{ t: out.timestamp, s: out.seq }])];
  });
  const since = moves.filter((move) => isBefore(event, move)).map(({ t }) => t);
  return since.length === 0 ? null : Math.min(...since);
}

/** A lock of a deadlock that is taken or given back afterwards: its holders got on. */
function moveOn(state: WorkProjectionState, lock: string, event: StoredEvent, touch: Touch): void {
  for (const [id, knot] of state.deadlocks) {
    if (knot.moved_on !== null || knot.event.seq > event.seq || event.timestamp < knot.at) continue;
    if (!knot.locks.includes(lock)) continue;
    knot.moved_on = event.timestamp;
    touch('work.deadlocks', id);
  }
}

/** A lock that was not heard of for a day is lost from this minute on. */
export function tickLocks(
  state: WorkProjectionState,
  before: number | null,
  clock: number,
  touch: Touch,
): void {
  for (const [name, lock] of state.locks)
    if (isLost(lock, before) !== isLost(lock, clock)) touch('work.locks', name);
}

/** Depends on the clock by the minute, so that it changes exactly when a minute begins. */
function isLost({ heardAt }: LockState, clock: number | null): boolean {
  return clock !== null && Math.floor(clock / 60) * 60 - heardAt > LOST_AFTER_S;
}

export function lockEntity(state: WorkProjectionState, name: string): LockEntity | undefined {
  const lock = state.locks.get(name);
  if (lock === undefined) return undefined;
  const held = lock.holder.v;
  return {
    lock: name,
    state: held === null ? 'free' : isLost(lock, state.clock) ? 'lost' : 'held',
    holder: held?.name ?? null,
    since: isSet(lock.holder) ? lock.holder.t : null,
    event: held?.event ?? lock.freed,
    acquired: lock.acquired,
    timeouts: lock.timeouts,
    waits: lock.waits,
    last_timeout: lock.lastTimeout,
    waiter: lock.waiter.v?.name ?? null,
    waited: lock.waiter.v?.seconds ?? null,
    held_for: spread(lock.holds),
    deadlocks: lock.deadlocks,
  };
}

export function deadlockEntity(state: WorkProjectionState, id: string): DeadlockEntity | undefined {
  const knot = state.deadlocks.get(id);
  // A copy: entities that were sent must not change.
  return knot && { ...knot };
}
