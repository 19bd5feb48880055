import type { StoredEvent } from '../../events/envelope';
import { nameField, namesField } from '../shared/fields';
import { idsUnder } from '../shared/ids';
import { TASKS_PAGE, type Report } from './rules';

const MAX_LOCKS = 10;

const knotId = idsUnder('deadlock');
/** Closed with each movement of a lock and never open: so that a deadlock from before it opens nothing. */
export const movedId = idsUnder('moved');

const MOVES: ReadonlySet<string> = new Set(['LOCK_ACQUIRED', 'LOCK_RELEASED', 'LOCK_TIMEOUT']);

/** The lock that is taken, given back or given up waiting for: a deadlock that names it is over. */
export function lockMoved({ eventType, payload }: StoredEvent): string | null {
  return MOVES.has(eventType) ? nameField(payload, 'lock_name') : null;
}

/**
 * A deadlock stands until a lock of it moves. A lock is in one knot at a time, so the first of them in order names it. One
 * that names no locks cannot be seen to move on, and passes.
 */
export function deadlock(event: StoredEvent): Report {
  const locks = namesField(event.payload, 'locks_involved', MAX_LOCKS).toSorted();
  const [first] = locks;
  const of = { severity: 'critical', title: 'Deadlock detected', kind: 'lock', page: TASKS_PAGE } as const;
  if (first === undefined)
    return { ...of, id: 'deadlock', detail: 'locks not named', subject: 'deadlock', passes: true };
  return { ...of, id: knotId(first), detail: locks.join(', '), subject: first, locks };
}
