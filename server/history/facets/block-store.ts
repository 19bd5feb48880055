import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import type { Block, BlockData, BlockRow, Name } from './block';
import { BlockBuilder, SLOTS, storedBlock } from './block';

type Facts = [seq: number, timestamp: number, ...values: Name[]];

const FACTS =
  'SELECT seq, timestamp, category, event_type, source, node, config, model, severity, origin FROM events WHERE seq > ? AND seq <= ?';

/** Blocks as they are stored, and from the events themselves where none is stored yet. */
export class BlockStore {
  readonly #row: Statement<[number], BlockRow>;
  readonly #data: Statement<[number], BlockData>;
  readonly #outside: Statement<[number, number], number>;
  readonly #facts: Statement<[number, number], Facts>;

  constructor(db: Connection) {
    this.#row = db.prepare(
      'SELECT block, events, first_at, last_at, names FROM event_blocks WHERE block = ?',
    );
    this.#data = db.prepare('SELECT codes, times FROM event_blocks WHERE block = ?');
    this.#outside = db
      .prepare<[number, number], number>(
        'SELECT block FROM event_blocks WHERE events = 0 OR last_at < ? OR first_at > ?',
      )
      .pluck();
    this.#facts = db.prepare<[number, number], Facts>(FACTS).raw();
  }

  /** Of the first `count` blocks those that can hold events of these times. */
  within(since: number, until: number, count: number): number[] {
    const all = Array.from({ length: count }, (_, block) => block);
    if (since === -Infinity && until === Infinity) return all;
    const outside = new Set(this.#outside.all(since, until));
    return all.filter((block) => !outside.has(block));
  }

  get(block: number): Block {
    return this.stored(block) ?? this.build(block);
  }

  /** The block as it is stored; null where it is not. */
  stored(block: number): Block | null {
    const row = this.#row.get(block);
    if (!row) return null;
    return storedBlock(row, () => {
      const data = this.#data.get(block);
      // Between the two statements somebody may have taken the block away.
      return data ?? this.build(block).encode();
    });
  }

  /** The block from its events up to a seq, whatever is stored. */
  build(block: number, upTo = (block + 1) * SLOTS): BlockBuilder {
    const builder = new BlockBuilder(block);
    this.add(builder, block * SLOTS, upTo);
    return builder;
  }

  /** Adds the events above a seq up to another to a block. */
  add(builder: BlockBuilder, above: number, upTo: number): void {
    for (const [seq, timestamp, ...values] of this.#facts.iterate(above, upTo))
      builder.add(seq, timestamp, values);
  }
}
