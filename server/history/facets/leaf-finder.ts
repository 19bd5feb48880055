import type { QueryNode } from '../../../domain/query';
import { matcher } from '../../../domain/query';
import type { Connection } from '../../../db/client';
import { uuidToBytes } from '../bytes';
import { indexedUpTo, indexExpression, wordsAlone } from '../query-sql';
import { listedLeaf, type Leaf } from './masks';
import type { RowReader } from './row-reader';
import { spread } from './spread';

/** From so many events on, a few are looked at first: a word in millions is better estimated than listed. */
const PROBE_FROM = 100_000;
const PROBE_RUNS = 64;
const PROBE_RUN = 16;
/** More entries of the word index than that are not listed; about 0.4 µs each. */
const MOST_LISTED = 250_000;
/** The index gathers all entries of a word, wherever they lie, before it gives the first: about 0.1 µs each. */
const MOST_GATHERED = 1_200_000;

/** Seqs that can hold a match: above `from`, up to `to`; `head` is the newest of all. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly head: number;
}

interface Open {
  readonly leaf: QueryNode;
  /** Of the events that were looked at, those that match. */
  readonly share: number;
}

/** Looks up the parts of a query that no block can decide, as far as time and the word index allow. */
export class LeafFinder {
  constructor(
    private readonly db: Connection,
    private readonly rows: RowReader,
  ) {}

  /** `late` says when to give up; a part that is not found out in time is left out. */
  find(node: QueryNode, stretch: Stretch, now: number, late: () => boolean): Map<QueryNode, Leaf> {
    const found = new Map<QueryNode, Leaf>();
    // Asked before the lists are: what is indexed meanwhile may be in them or not.
    const known = indexedUpTo(this.db);
    for (const { leaf, share } of this.#probe(leavesOf(node), stretch, now)) {
      if (late()) break;
      if (share * (stretch.to - stretch.from) > MOST_LISTED || share * stretch.head > MOST_GATHERED) break;
      const seqs = this.#seqs(leaf, stretch);
      // An id is not looked for in the index of words.
      const upTo = leaf.kind === 'field' ? Infinity : known;
      if (seqs) found.set(leaf, listedLeaf(seqs, leaf.kind !== 'payload', upTo));
    }
    return found;
  }

  #seqs(leaf: QueryNode, { from, to }: Stretch): number[] | null {
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
    const sql = `SELECT rowid FROM events_fts WHERE events_fts MATCH ? AND rowid BETWEEN ? AND ? LIMIT ${MOST_LISTED * 2}`;
    const seqs = this.db
      .prepare<unknown[], number>(sql)
      .pluck()
      .all(expression, from + 1, to);
    return seqs.length < MOST_LISTED * 2 ? seqs : null;
  }

  /** The parts, the rarest first, as events from all over the stretch show it. */
  #probe(leaves: readonly QueryNode[], { from, to }: Stretch, now: number): Open[] {
    const counts = leaves.map((leaf) => ({ leaf, test: matcher(wordsAlone(leaf)), hits: 0 }));
    if (to - from < PROBE_FROM || counts.length === 0) return leaves.map((leaf) => ({ leaf, share: 0 }));
    let seen = 0;
    for (const place of spread(PROBE_RUNS)) {
      const at = from + Math.floor((place * (to - from)) / PROBE_RUNS);
      for (const { event } of this.rows.between(at + 1, at + PROBE_RUN)) {
        seen += 1;
        for (const each of counts) if (each.test(event, now)) each.hits += 1;
      }
    }
    const open = counts.map(({ leaf, hits }) => ({ leaf, share: seen === 0 ? 0 : hits / seen }));
    return open.sort((a, b) => a.share - b.share);
  }
}

function leavesOf(node: QueryNode): QueryNode[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(leavesOf);
  if (node.kind === 'not') return leavesOf(node.part);
  const undecided = node.kind === 'text' || node.kind === 'payload';
  return undecided || (node.kind === 'field' && node.field === 'id') ? [node] : [];
}
