import type { Statement } from 'better-sqlite3';
import type { QueryNode } from '../../../domain/query';
import type { Connection } from '../../../db/client';
import type { BlockRow, Name } from '../facets/block';
import { DIMENSIONS } from '../facets/block';
import type { Leaves } from '../facets/masks';

/** Blocks that were missing are looked up again, so many at a time. */
const RETRIED = 16;

/**
 * Which values occur in which block, in memory: a search passes over the blocks that cannot hold a match without reading
 * them. It may say too much (of a block whose events were removed since), never too little: blocks only lose values. A
 * value takes some eight bytes a block, a few megabytes for ten million events.
 */
export class BlockIndex {
  readonly #newer: Statement<[number], BlockRow>;
  readonly #one: Statement<[number], BlockRow>;
  readonly #blocks = DIMENSIONS.map(() => new Map<Name, Set<number>>());
  readonly #first: number[] = [];
  readonly #last: number[] = [];
  readonly #missing = new Set<number>();
  #known = 0;

  constructor(db: Connection) {
    const columns = 'block, events, first_at, last_at, names';
    this.#newer = db.prepare(`SELECT ${columns} FROM event_blocks WHERE block >= ? ORDER BY block`);
    this.#one = db.prepare(`SELECT ${columns} FROM event_blocks WHERE block = ?`);
  }

  /** Takes in what was stored since the last call. */
  refresh(): void {
    for (const row of this.#newer.iterate(this.#known)) {
      for (; this.#known < row.block; this.#known++) this.#missing.add(this.#known);
      this.#add(row);
      this.#known = row.block + 1;
    }
    for (const block of [...this.#missing].slice(0, RETRIED)) {
      const row = this.#one.get(block);
      if (!row) continue;
      this.#missing.delete(block);
      this.#add(row);
    }
  }

  /** False where the block certainly holds no match. */
  may(node: QueryNode, block: number, leaves: Leaves, now: number): boolean {
    const leaf = leaves.get(node);
    if (leaf?.bounds(block).may === false) return false;
    if (block >= this.#known || this.#missing.has(block)) return true;
    switch (node.kind) {
      case 'and':
        return node.parts.every((part) => this.may(part, block, leaves, now));
      case 'or':
        return node.parts.some((part) => this.may(part, block, leaves, now));
      case 'field': {
        const blocks = this.#blocks[DIMENSIONS.findIndex((name) => name === node.field)];
        return blocks === undefined || node.values.some((value) => blocks.get(value)?.has(block));
      }
      case 'time': {
        const at = 'at' in node.moment ? node.moment.at : now - node.moment.ago;
        if (node.operator === '>=') return (this.#last[block] ?? -Infinity) >= at;
        const first = this.#first[block] ?? Infinity;
        return node.operator === '<' ? first < at : first <= at;
      }
      case 'all':
      case 'not':
      case 'text':
      case 'payload':
        return true;
    }
  }

  #add({ block, events, first_at: first, last_at: last, names }: BlockRow): void {
    this.#first[block] = first ?? Infinity;
    this.#last[block] = last ?? -Infinity;
    if (events === 0) return;
    const [columns] = JSON.parse(names) as [Name[][], number[][]];
    columns.forEach((column, dimension) => {
      const blocks = this.#blocks[dimension];
      for (const name of column) {
        const known = blocks?.get(name);
        if (known) known.add(block);
        else blocks?.set(name, new Set([block]));
      }
    });
  }
}
