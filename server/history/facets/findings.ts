import type { Summary } from '../query-types';
import type { KeptPlace } from './kept-counts';
import type { Tally } from './tally';

/** Events of a block of which only their payload can tell whether they match; all of the block where `slots` is null. */
export interface Undecided {
  readonly block: number;
  readonly slots: Uint16Array | null;
}

/** What the blocks said for certain, which of them were visited, and what is left to the events themselves. */
export interface Scanned {
  readonly tally: Tally;
  readonly undecided: readonly Undecided[];
  readonly blocks: number;
  readonly visited: number;
  readonly events: number;
}

/** Of `of` undecided events so many were looked at; the tally has those that match. */
export interface Checked {
  readonly tally: Tally;
  readonly looked: number;
  readonly of: number;
}

/** An answer, and what it was made of: where it may be kept, the place for it. */
export interface Counted {
  readonly summary: Summary;
  readonly tally: Tally;
  readonly keep: KeptPlace | null;
}
