import * as z from 'zod';
import { pageInput } from '../input';
import type { Hypotheses } from './statistics/sprt';

const elo = z.number().min(-1_000).max(1_000);

/** What the Elo page asks by, beyond configs and time. */
export const eloInput = pageInput.extend({
  /** The hypotheses of the sequential test, Elo against the champion. */
  elo0: elo.default(0),
  elo1: elo.default(30),
  /** Target Elo per config; the next hundred above the best where none is given. */
  targets: z
    .array(z.tuple([z.string().max(200), z.number().min(-1e5).max(1e5)]))
    .max(50)
    .default([]),
});
export type EloInput = z.infer<typeof eloInput>;

/** Both kinds of error, as is usual for tests of engines. */
const ERROR = 0.05;

/** A test of elo0 against the same elo0 would never end: then elo1 is one Elo above. */
export function hypothesesOf({ elo0, elo1 }: EloInput): Hypotheses {
  return { elo0, elo1: elo1 > elo0 ? elo1 : elo0 + 1, alpha: ERROR, beta: ERROR };
}
