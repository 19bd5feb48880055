import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import { BlockBuilder, blockOf, SLOTS, type Block } from './block';
import type { BlockStore } from './block-store';

/** The block that is not full yet, and so not stored: kept in memory, and added to as events come. */
export class OpenBlock {
  readonly #count: Statement<[number, number], number>;
  #builder = new BlockBuilder(0);
  #upTo = 0;

  constructor(
    db: Connection,
    private readonly blocks: BlockStore,
  ) {
    this.#count = db
      .prepare<[number, number], number>('SELECT count(*) FROM events WHERE seq > ? AND seq <= ?')
      .pluck();
  }

  /** Takes in what came up to the newest seq. */
  refresh(head: number): void {
    const block = blockOf(head + 1);
    if (this.#builder.block !== block) this.#begin(block);
    this.blocks.add(this.#builder, this.#upTo, head);
    this.#upTo = Math.max(this.#upTo, head);
    // Something was removed from it.
    if (this.#count.get(block * SLOTS, head) !== this.#builder.events) {
      this.#begin(block);
      this.blocks.add(this.#builder, this.#upTo, head);
      this.#upTo = head;
    }
  }

  /** The block, if it is the one. */
  get(block: number): Block | null {
    return block === this.#builder.block ? this.#builder : null;
  }

  #begin(block: number): void {
    this.#builder = new BlockBuilder(block);
    this.#upTo = block * SLOTS;
  }
}
