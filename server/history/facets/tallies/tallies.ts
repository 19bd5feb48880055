import type { Bins } from './tally';
import { Tally } from './tally';

/** A count in two parts: of the blocks that are full, which stay as they are, and of later ones. */
export class Tallies {
  readonly full: Tally;
  readonly newest: Tally;

  /** @param end one more than the last full block */
  constructor(
    bins: Bins | null,
    private readonly end: number,
  ) {
    [this.full, this.newest] = [new Tally(bins), new Tally(bins)];
  }

  of(block: number): Tally {
    return block < this.end ? this.full : this.newest;
  }

  get total(): number {
    return this.full.total + this.newest.total;
  }

  /** Adds others, each of their events standing for `weight`. */
  merge(other: Tallies, weight: number): void {
    this.full.merge(other.full, weight);
    this.newest.merge(other.newest, weight);
  }
}
