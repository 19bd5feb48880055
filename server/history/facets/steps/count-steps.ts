import type { Summary } from '../../query-types';
import type { KeptPlace } from '../tallies/kept-counts';
import type { Tallies } from '../tallies/tallies';
import type { Tally } from '../tallies/tally';

/** Events of a block of which only their payload can tell whether they match; all of the block where `slots` is null. */
export interface Undecided {
  readonly block: number;
  readonly slots: Uint16Array | null;
}

/** What the blocks said for certain, which of them were visited, and what is left to the events themselves. */
export interface Scanned {
  readonly tallies: Tallies;
  /** One more than the last full block. */
  readonly end: number;
  readonly undecided: readonly Undecided[];
  readonly blocks: number;
  readonly visited: number;
  readonly events: number;
}

/** Of `of` undecided events so many were looked at; the tallies have those that match. */
export interface Checked {
  readonly tallies: Tallies;
  readonly looked: number;
  readonly of: number;
}

/** An answer, and what was made of the full blocks: where it may be kept, the place for it. */
export interface Counted {
  readonly summary: Summary;
  readonly tally: Tally;
  readonly keep: KeptPlace | null;
}
