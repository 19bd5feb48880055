import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import type { Block, BlockColumns, BlockNames, BlockRow, BlockState, Name } from './block';
import { BlockBuilder, DIMENSIONS, readNames, SLOTS, StoredBlock } from './block';
import { BlockCatalog } from './block-catalog';
import type { ColumnCache } from './column-cache';

/** Events of a block were removed while it was looked at. */
class BlockChanged extends Error {}
const TRIES = 3;

type Facts = [seq: number, timestamp: number, ...values: Name[]];
type Column = [events: number, bytes: Buffer];

const FACTS =
  'SELECT seq, timestamp, category, event_type, source, node, config, model, severity, origin FROM events WHERE seq > ? AND seq <= ?';

/** Blocks as they are stored, and from the events themselves where none is stored yet. */
export class BlockStore {
  readonly catalog: BlockCatalog;
  readonly #names: Statement<[number], Pick<BlockRow, 'events' | 'names'>>;
  readonly #codes: Statement<[number], Column>;
  readonly #times: Statement<[number], Column>;
  readonly #facts: Statement<[number, number], Facts>;
  readonly #columns: BlockColumns = {
    codes: (of) => this.#codesOf(of),
    times: ({ block, events }) => column(this.#times.get(block), events),
  };

  /** @param cache keeps the columns of blocks that were read */
  constructor(
    db: Connection,
    private readonly cache: ColumnCache | null = null,
  ) {
    this.catalog = new BlockCatalog(db);
    this.#names = db.prepare('SELECT events, names FROM event_blocks WHERE block = ?');
    this.#codes = db
      .prepare<[number], Column>('SELECT events, codes FROM event_blocks WHERE block = ?')
      .raw();
    this.#times = db
      .prepare<[number], Column>('SELECT events, times FROM event_blocks WHERE block = ?')
      .raw();
    this.#facts = db.prepare<[number, number], Facts>(FACTS).raw();
  }

  /** Of the first `count` blocks those that can hold events of these times, as far as the catalogue knows. */
  within(since: number, until: number, count: number): number[] {
    const all = Array.from({ length: count }, (_, block) => block);
    if (since === -Infinity && until === Infinity) return all;
    return all.filter((block) => {
      const times = this.catalog.times(block);
      return times === null || (times.last >= since && times.first <= until);
    });
  }

  /** Whether a block's columns are in memory. */
  hasColumns(block: number): boolean {
    return this.cache?.has(block) ?? false;
  }

  /** Reads a block's columns into memory, if there is room. */
  keepColumns(block: number): void {
    if (!this.hasColumns(block))
      this.lookAtStored(block, (of) => {
        // Each dimension: one that has a single value has no column.
        DIMENSIONS.forEach((_, dimension) => of.codes(dimension));
      });
  }

  /** What `seeing` makes of a block, stored or not. It is called again where the block changes meanwhile. */
  look<Result>(block: number, seeing: (block: Block) => Result): Result {
    const seen = this.#look(block, seeing);
    return seen ? seen.result : seeing(this.build(block));
  }

  /** The same of a stored block; null where none is stored. */
  lookAtStored<Result>(block: number, seeing: (block: Block) => Result): Result | null {
    return this.#look(block, seeing)?.result ?? null;
  }

  #look<Result>(block: number, seeing: (block: Block) => Result): { readonly result: Result } | null {
    for (let left = TRIES; left > 0; left--)
      try {
        const stored = this.#stored(block);
        return stored && { result: seeing(stored) };
      } catch (error) {
        if (!(error instanceof BlockChanged)) throw error;
        this.catalog.renew(block);
      }
    return null;
  }

  #stored(block: number): Block | null {
    const entry = this.catalog.get(block);
    if (entry === null) return null;
    return new StoredBlock(entry, entry.names ?? this.#namesOf(block, entry.events), this.#columns);
  }

  #codesOf({ block, events }: BlockState): Buffer {
    const known = this.cache?.get(block, events) ?? null;
    if (known !== null) return known;
    const bytes = column(this.#codes.get(block), events);
    this.cache?.add(block, events, bytes);
    return bytes;
  }

  #namesOf(block: number, events: number): BlockNames {
    const row = this.#names.get(block);
    if (row?.events !== events) throw new BlockChanged();
    return readNames(row.names);
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

function column(row: Column | undefined, events: number): Buffer {
  if (row?.[0] !== events) throw new BlockChanged();
  return row[1];
}
