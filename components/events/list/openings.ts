/**
 * Rows that are opened in place and so are higher than the others: where what stands in a list of rows of one height,
 * in pixels and in indices.
 */
export class Openings {
  readonly #places: readonly (readonly [index: number, extra: number])[];

  /** @param places index of each opened row, and by how much it is higher; in any order. */
  constructor(places: Iterable<readonly [index: number, extra: number]>) {
    this.#places = [...places].sort(([a], [b]) => a - b);
  }

  /** By how much the row at this index is higher. */
  at(index: number): number {
    return this.#places.find(([each]) => each === index)?.[1] ?? 0;
  }

  /** By how much all rows above this index are higher together. */
  above(index: number): number {
    return this.#places.reduce((sum, [each, extra]) => (each < index ? sum + extra : sum), 0);
  }

  get total(): number {
    return this.above(Infinity);
  }

  /** Index of the first row that begins at `px` from the top or below it. */
  firstFrom(px: number, rowHeight: number): number {
    let extra = 0;
    for (const [index, more] of this.#places) {
      if (index * rowHeight + extra >= px) break;
      // Within an opened row the next one is the first that begins below.
      if ((index + 1) * rowHeight + extra + more >= px) return index + 1;
      extra += more;
    }
    return Math.max(0, Math.ceil((px - extra) / rowHeight));
  }
}

export const NO_OPENINGS = new Openings([]);
