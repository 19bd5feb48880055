import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import { nameAt, timestampAt, type PackedRows } from './packed-rows';
import type { BlockBuilder, Name } from '../blocks/block';
import { blockOf, BlockBuilder as Builder, DIMENSIONS, SLOTS } from '../blocks/block';
import { BlockStore } from '../blocks/block-store';

/**
 * Writes a block in the transaction that fills its window. What a window holds so far is kept in memory, so an event
 * costs a few look-ups; readers take the rest from the events.
 */
export class BlockWriter {
  readonly #store: BlockStore;
  readonly #insert: Statement;
  readonly #delete: Statement<[number]>;
  #open: BlockBuilder;
  #missing: number[] | null = null;
  /** Of the event that is added, in the order of DIMENSIONS. */
  readonly #values: Name[] = DIMENSIONS.map(() => null);
  /** The open block no longer is what its window holds. */
  #stale = false;

  constructor(
    private readonly db: Connection,
    headSeq: number,
  ) {
    this.#store = new BlockStore(db);
    this.#insert = db.prepare(
      'INSERT OR REPLACE INTO event_blocks (block, events, first_at, last_at, names, codes, times) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#delete = db.prepare('DELETE FROM event_blocks WHERE block = ?');
    this.#open = this.#store.build(blockOf(headSeq + 1));
  }

  /** Inside the transaction that inserts the event. Seqs come one after the other. */
  add(seq: number, rows: PackedRows, index: number): void {
    if (this.#stale) {
      // With this event, which is in the table already, and without those behind it, which are added next.
      this.#open = this.#store.build(blockOf(seq), seq);
      this.#stale = false;
    } else {
      for (let column = 0; column < DIMENSIONS.length; column++)
        this.#values[column] = nameAt(rows, index, column);
      this.#open.add(seq, timestampAt(rows, index), this.#values);
    }
    if (seq % SLOTS !== 0) return;
    this.#write(this.#open);
    this.#open = new Builder(blockOf(seq + 1));
  }

  /** After a transaction that was rolled back: what it added is forgotten. */
  reload(): void {
    this.#stale = true;
  }

  /** Inside the transaction that removes these events: their blocks are to be made again. */
  forget(seqs: readonly number[]): void {
    const gone = [...new Set(seqs.map(blockOf))];
    for (const block of gone) this.#delete.run(block);
    if (gone.includes(this.#open.block)) this.#stale = true;
    this.#missing ??= this.#findMissing();
    const waiting = new Set(this.#missing);
    this.#missing.push(...gone.filter((block) => block < this.#open.block && !waiting.has(block)));
  }

  get missing(): boolean {
    return this.#missing !== null && this.#missing.length > 0;
  }

  /** Makes one block that is missing below the open window (an older version's events, say). False when none is. */
  step(): boolean {
    this.#missing ??= this.#findMissing();
    const block = this.#missing.pop();
    if (block === undefined) return false;
    this.#write(this.#store.build(block));
    return true;
  }

  #findMissing(): number[] {
    const stored = this.db.prepare<[], number>('SELECT block FROM event_blocks').pluck().all();
    const known = new Set(stored);
    return Array.from({ length: this.#open.block }, (_, block) => block).filter((block) => !known.has(block));
  }

  #write(builder: BlockBuilder): void {
    const { block, events, first_at, last_at, names, codes, times } = builder.encode();
    this.#insert.run(block, events, first_at, last_at, names, codes, times);
  }
}
