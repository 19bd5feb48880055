import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import type { BlockRow } from './block';
import { DIMENSIONS, readNames } from './block';
import { Dictionary, NameTable, nameTestOf, type FieldNode, type NameTest } from './names';

/** Blocks that were missing are looked up again, so many at a time. */
const RETRIED = 16;
/** By so many blocks it is judged how many events have a value. */
const PROBED = 32;
/** A block with more values than this (models that occur once, say) is read anew each time. */
const MOST_VALUES = 1_024;
/** More names than this are not tried one by one. */
const MOST_TRIED = 20_000;

/** What is known of a block in memory. */
export interface CatalogEntry {
  readonly block: number;
  readonly events: number;
  readonly first: number;
  readonly last: number;
  /** Null where there are too many values to keep. */
  readonly names: Dictionary | null;
}

/**
 * The dictionaries of all stored blocks, in memory: a search passes over blocks without a match, a count adds whole blocks
 * up, both without reading them. About 1 KB a block, 3 MB for ten million events. A block loses events and never gets any, so
 * their number says whether what is known still holds.
 */
export class BlockCatalog {
  readonly #newer: Statement<[number], BlockRow>;
  readonly #one: Statement<[number], BlockRow>;
  readonly #sizes: Statement<[], [block: number, events: number]>;
  readonly #removed: Statement<[], number>;
  readonly #kept: (CatalogEntry | undefined)[] = [];
  readonly #names = new NameTable();
  readonly #missing = new Set<number>();
  /** Events that had been removed when all was checked last. */
  #checked = Number.NaN;

  constructor(db: Connection) {
    const columns = 'block, events, first_at, last_at, names';
    this.#newer = db.prepare(`SELECT ${columns} FROM event_blocks WHERE block >= ? ORDER BY block LIMIT 64`);
    this.#one = db.prepare(`SELECT ${columns} FROM event_blocks WHERE block = ?`);
    this.#removed = db
      .prepare<[], number>('SELECT total(events) FROM removed_counts WHERE unit = 86400')
      .pluck();
    this.#sizes = db.prepare<[], [number, number]>('SELECT block, events FROM event_blocks').raw();
  }

  /** Takes in what was stored since the last call. What it says of blocks that lost events since is too much, never too little. */
  follow(): void {
    while (this.step());
    for (const block of [...this.#missing].slice(0, RETRIED)) this.renew(block);
  }

  /** Takes in a few of the blocks that were stored since; false when there are none. */
  step(): boolean {
    const rows = this.#newer.all(this.#kept.length);
    for (const row of rows) {
      for (let block = this.#kept.length; block < row.block; block++) {
        this.#missing.add(block);
        this.#kept[block] = undefined;
      }
      this.#take(row);
    }
    return rows.length > 0;
  }

  /**
   * Makes sure that all it says holds now. Whatever removes events, and so takes blocks away, counts them in the same
   * transaction: as long as no more were removed, and no block was missing, the blocks are as they were.
   */
  check(): void {
    const removed = this.#removed.get() ?? 0;
    while (this.step());
    if (removed === this.#checked && this.#missing.size === 0) return;
    const sizes = new Map(this.#sizes.all());
    for (let at = 0; at < this.#kept.length; at++)
      if (this.#kept[at]?.events !== sizes.get(at)) this.renew(at);
    this.#checked = removed;
  }

  /** Events of the blocks before this one, as far as they are known; NaN where one is not. */
  eventsBelow(block: number): number {
    let events = 0;
    for (let at = 0; at < block; at++) events += this.#kept[at]?.events ?? Number.NaN;
    return events;
  }

  /** One more than the last block that is known. */
  get size(): number {
    return this.#kept.length;
  }

  get(block: number): CatalogEntry | null {
    return this.#kept[block] ?? null;
  }

  /** True unless no event of the block has a value that passes. */
  mayHold(block: number, dimension: number, test: NameTest): boolean {
    const names = this.#kept[block]?.names;
    return !names || test.passesIn(names, dimension);
  }

  /** False where certainly none of the names of all blocks passes a test; not all are tried where there are very many. */
  mayName(test: (name: string) => boolean): boolean {
    if (this.#names.size > MOST_TRIED) return true;
    for (let number = 0; number < this.#names.size; number++)
      if (test(this.#names.at(number) ?? '')) return true;
    return false;
  }

  /** About the share of events that pass a field's test, by some blocks from all of history. */
  shareOf(node: FieldNode): number {
    const dimension = DIMENSIONS.findIndex((name) => name === node.field);
    const test = nameTestOf(node);
    let [events, having] = [0, 0];
    for (let probe = 0; probe < PROBED; probe++) {
      const block = this.#kept[Math.floor((probe * this.#kept.length) / PROBED)];
      if (!block?.names || dimension < 0) continue;
      events += block.events;
      const counts = block.names.counts(dimension);
      block.names.numbers(dimension).forEach((number, code) => {
        if (test.passes(this.#names.at(number))) having += counts[code] ?? 0;
      });
    }
    return events === 0 ? 1 : having / events;
  }

  /** Least and greatest time in a block; null where nothing is known of it. */
  times(block: number): { readonly first: number; readonly last: number } | null {
    return this.#kept[block] ?? null;
  }

  /** Looks one block up again. */
  renew(block: number): void {
    const row = this.#one.get(block);
    if (row) this.#take(row);
    else this.#kept[block] = undefined;
    if (row) this.#missing.delete(block);
    else this.#missing.add(block);
  }

  #take({ block, events, first_at, last_at, names: text }: BlockRow): void {
    const names = readNames(text);
    const values = DIMENSIONS.reduce((sum, _, dimension) => sum + names.size(dimension), 0);
    const kept = values > MOST_VALUES ? null : new Dictionary(this.#names, names);
    const [first, last] = [first_at ?? Infinity, last_at ?? -Infinity];
    this.#kept[block] = { block, events, first, last, names: kept };
  }
}
