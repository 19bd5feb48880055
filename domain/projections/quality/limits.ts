import type { StoredEvent } from '../../events/envelope';
import { numberField } from '../shared/fields';

/** At most 500 configs; the longest silent go first. */
export const MAX_CONFIGS = 500;
/** Per config; see `addScore` and `addMark` for what happens beyond. */
export const MAX_SCORES = 1_200;
export const MAX_MARKS = 600;

/** Producers exceed 1 by a little now and then, and mean it; twice as much is of another scale, or broken. */
const HIGHEST = 2;

/** A figure that is meant to lie in 0..1; null for one that cannot be. */
export function shareField(event: StoredEvent, key: string): number | null {
  const value = numberField(event.payload, key);
  return value === null || value < 0 || value > HIGHEST ? null : value;
}
