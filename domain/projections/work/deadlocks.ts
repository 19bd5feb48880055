import { withinHour } from '../shared/minutes';
import type { DeadlockEntity } from './entities';

/**
 * Whether a deadlock still holds somebody up: until a lock of it moves again. One that names no locks cannot be seen to move
 * on; it counts for an hour. As long as its problem is open.
 */
export function stands({ moved_on: on, locks, at }: DeadlockEntity, now: number): boolean {
  return on === null && (locks.length > 0 || withinHour(at, now));
}
