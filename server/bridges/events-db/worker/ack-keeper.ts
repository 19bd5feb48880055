import type { ReadPosition } from './protocol';

/** Rows per transaction: short enough that no RingRift process waits for the lock. */
const CHUNK = 2000;
/** How far below the position an opening starts, for acks that a killed run still owed; repeated acks are ignored. */
const OVERLAP = 5000;

interface Range {
  above: number;
  upTo: number;
}

/** Which rows are read and committed but not yet acked: one range at the live end, one for older rows. */
export class AckKeeper {
  readonly #live: Range;
  readonly #older: Range;

  constructor(position: ReadPosition) {
    const { readRowId, backfill } = position;
    this.#live = { above: Math.max(backfill?.end ?? 0, readRowId - OVERLAP), upTo: readRowId };
    const older = backfill ? backfill.next - 1 : 0;
    this.#older = { above: Math.max(0, older - OVERLAP), upTo: older };
    this.#last = backfill;
  }

  #last: ReadPosition['backfill'];

  /** A batch is committed: everything up to its position may be acked. */
  confirmed(position: ReadPosition): void {
    this.#live.upTo = position.readRowId;
    if (position.backfill) this.#older.upTo = position.backfill.next - 1;
    else if (this.#last) this.#older.upTo = this.#last.end;
    this.#last = position.backfill;
  }

  /** The next range to ack, or null; call `done` after it succeeded. */
  next(): { readonly above: number; readonly upTo: number; done(): void } | null {
    for (const range of [this.#live, this.#older]) {
      if (range.upTo <= range.above) continue;
      const upTo = Math.min(range.upTo, range.above + CHUNK);
      return { above: range.above, upTo, done: () => void (range.above = upTo) };
    }
    return null;
  }
}
