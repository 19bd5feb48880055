interface Kept {
  readonly events: number;
  readonly bytes: Buffer;
}

/**
 * Columns of blocks in memory, for who reads those of all blocks again and again: reading them is most of what a count by
 * fields takes. Once it is full nothing gives way: each count goes through all of history, and would find what it needs gone.
 */
export class ColumnCache {
  readonly #kept = new Map<number, Kept>();
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** The columns of a block as it was with so many events: a block only ever loses some. */
  get(block: number, events: number): Buffer | null {
    const kept = this.#kept.get(block);
    if (kept === undefined) return null;
    if (kept.events === events) return kept.bytes;
    this.#kept.delete(block);
    this.#left += kept.bytes.length;
    return null;
  }

  has(block: number): boolean {
    return this.#kept.has(block);
  }

  add(block: number, events: number, bytes: Buffer): void {
    if (bytes.length > this.#left || this.#kept.has(block)) return;
    this.#kept.set(block, { events, bytes });
    this.#left -= bytes.length;
  }
}
