import type { DeadlockEntity } from '@/domain/projections/work/entities';

/** As long as its problem stays open (`passes`); that of one with locks ends when they move, too. */
const UNNAMED_STANDS_S = 3_600;

/**
 * Whether a deadlock still holds somebody up: until a lock of it moves again. One that names no locks cannot be seen to move
 * on; it counts for an hour.
 */
export function stands({ moved_on: on, locks, at }: DeadlockEntity, now: number): boolean {
  return on === null && (locks.length > 0 || now - at <= UNNAMED_STANDS_S);
}
