import type { QueryNode } from '../../../domain/query';
import { matcher } from '../../../domain/query';
import type { Connection } from '../../../db/client';
import { uuidToBytes } from '../bytes';
import { indexExpression } from '../query-sql';
import { blockOf, SLOTS, slotOf } from './block';
import type { RowReader } from './row-reader';
import type { Leaf } from './masks';
import { spread } from './spread';

/** From so many events on, a few are looked at first: a word in millions is better estimated than listed. */
const PROBE_FROM = 500_000;
const PROBE_RUNS = 64;
const PROBE_RUN = 16;
/** A word in a larger share of the events is not looked up. */
const FREQUENT = 0.03;
/** More index entries than this take too long. */
const MOST_ENTRIES = 400_000;
const LOOK_EVERY = 1_024;

/** Looks up the parts of a query that no block can decide, as far as time and the word index allow. */
export class LeafFinder {
  constructor(
    private readonly db: Connection,
    private readonly rows: RowReader,
  ) {}

  /** `late` says when to give up; a part that is not found out in time is left out. */
  find(node: QueryNode, head: number, now: number, late: () => boolean): Map<QueryNode, Leaf> {
    const found = new Map<QueryNode, Leaf>();
    const undecided = leavesOf(node);
    const frequent = this.#frequent(undecided, head, now);
    for (const leaf of undecided) {
      if (late()) break;
      const seqs = frequent.has(leaf) ? null : this.#seqs(leaf, late);
      if (seqs) found.set(leaf, leafOf(seqs, leaf.kind !== 'payload'));
    }
    return found;
  }

  #seqs(leaf: QueryNode, late: () => boolean): number[] | null {
    if (leaf.kind === 'field') {
      const marks = leaf.values.map(() => '?').join(', ');
      const sql = `SELECT seq FROM events WHERE event_id IN (${marks})`;
      return this.db
        .prepare<unknown[], number>(sql)
        .pluck()
        .all(...leaf.values.map(uuidToBytes));
    }
    const expression = indexExpression(leaf);
    if (expression === null) return null;
    const sql = 'SELECT rowid FROM events_fts WHERE events_fts MATCH ?';
    const seqs: number[] = [];
    for (const seq of this.db.prepare<[string], number>(sql).pluck().iterate(expression)) {
      seqs.push(seq);
      if (seqs.length > MOST_ENTRIES || (seqs.length % LOOK_EVERY === 0 && late())) return null;
    }
    return seqs;
  }

  /** Words that a look at events from all over the history met too often. */
  #frequent(leaves: readonly QueryNode[], head: number, now: number): ReadonlySet<QueryNode> {
    const words = leaves.filter(({ kind }) => kind === 'text').map((leaf) => ({ leaf, hits: 0 }));
    if (head < PROBE_FROM || words.length === 0) return new Set();
    const tests = words.map((word) => ({ word, test: matcher(word.leaf) }));
    let seen = 0;
    for (const place of spread(PROBE_RUNS)) {
      const from = Math.floor((place * head) / PROBE_RUNS);
      for (const { event } of this.rows.between(from + 1, from + PROBE_RUN)) {
        seen += 1;
        for (const { word, test } of tests) if (test(event, now)) word.hits += 1;
      }
    }
    return new Set(words.filter(({ hits }) => hits > seen * FREQUENT).map(({ leaf }) => leaf));
  }
}

function leavesOf(node: QueryNode): QueryNode[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(leavesOf);
  if (node.kind === 'not') return leavesOf(node.part);
  const undecided = node.kind === 'text' || node.kind === 'payload';
  return undecided || (node.kind === 'field' && node.field === 'id') ? [node] : [];
}

function leafOf(seqs: readonly number[], exact: boolean): Leaf {
  const blocks = new Map<number, Uint8Array>();
  for (const seq of seqs) {
    const block = blockOf(seq);
    let mask = blocks.get(block);
    if (!mask) blocks.set(block, (mask = new Uint8Array(SLOTS)));
    mask[slotOf(seq)] = 1;
  }
  return { exact, mask: (block) => blocks.get(block) ?? false };
}
