import type { SpellRule } from './spell';
import { lock, parity, quality, repair, rollback, sync } from './spells-of-data';
import { leader, outage, pressure, recovery } from './spells-of-nodes';

/** The chains of lasting states. */
export const SPELL_RULES: readonly SpellRule[] = [
  rollback,
  outage,
  recovery,
  quality,
  sync,
  leader,
  lock,
  pressure,
  parity,
  repair,
];
