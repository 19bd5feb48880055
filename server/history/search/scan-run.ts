import type { Statement } from 'better-sqlite3';
import { matcher, type QueryNode } from '../../../domain/query';
import type { EventFilter } from '../../../domain/realtime/contract';
import type { Connection } from '../../../db/client';
import { blockOf, SLOTS, type Block } from '../blocks/block';
import { BlockStore } from '../blocks/block-store';
import { filterTree } from '../matching/filter-tree';
import { slotsOf } from '../blocks/bits';
import { boundsByLeaves, boundsOf, hasSlot, presentMask, type Bounds, type Leaf } from '../matching/masks';
import { and, type Mask } from '../matching/mask-logic';
import { READ_MS, RowReader, type ReadRow } from '../matching/row-reader';
import { mayMatch } from '../matching/may-match';
import { OpenBlock } from '../blocks/open-block';
import { Plan } from './plan';
import { Sample } from './sample';
import { ValueFinder } from '../values/value-finder';
import { WordFinder } from '../words/word-finder';
import type { Order } from './word-list';

/** So many events are read before anything is looked up: mostly the page is full by then. */
const LOOK = 300;
/** So many matches fill a screen: a page that has them comes in a third of the time. */
const SCREENFUL = 50;
/** Neighbours are read together, twice as many each time. */
const FIRST_ROWS = 32;
const MOST_ROWS = 256;
/** Lists of words that a search thread keeps, and places of words that it holds at once: 4 MB, and two times 12. */
const [KEPT_BYTES, MOST_PLACES] = [4 * 1024 * 1024, 500_000];
/** In a block with more candidates than this, neighbours of a candidate are read with it. */
const CROWDED = SLOTS / 8;

/** What searches read; one for a connection. */
export class ScanSources {
  readonly blocks: BlockStore;
  readonly open: OpenBlock;
  readonly rows: RowReader;
  readonly sample: Sample;
  readonly words: WordFinder;
  readonly values: ValueFinder;
  readonly head: Statement<[], number | null>;

  constructor(
    readonly db: Connection,
    /** Tests let searches look things up that are found faster without. */
    readonly tuning = { look: LOOK, readMs: READ_MS },
  ) {
    this.blocks = new BlockStore(db);
    this.open = new OpenBlock(db, this.blocks);
    this.rows = new RowReader(db);
    this.sample = new Sample(this.rows);
    this.words = new WordFinder(db, KEPT_BYTES, MOST_PLACES);
    this.values = new ValueFinder(db);
    this.head = db.prepare<[], number | null>('SELECT max(seq) FROM events').pluck();
  }
}

export interface ScanAsk {
  readonly order: Order;
  /** The scan begins behind this seq, in its direction. */
  readonly after: number | null;
  readonly limit: number;
  readonly ms: number;
  /** Later events do not count. */
  readonly upTo?: number;
  /** Milliseconds after which it ends where something was found. */
  readonly first?: number | undefined;
  /** True once nobody waits any more. */
  readonly cancelled?: (() => boolean) | undefined;
}

/** What a search found out about its query, for a later one that goes on from where it ended. */
export interface KeptSearch {
  readonly node: QueryNode;
  plan: Plan | null;
}

/**
 * One search through history. Blocks that cannot hold a match are passed over in memory; what a block's columns do not
 * decide, the word index does, where that is quicker than reading the events.
 */
export class ScanRun {
  readonly #node: QueryNode;
  readonly #now: number;
  readonly #test: (row: ReadRow) => boolean;
  readonly #begun = performance.now();
  readonly #head: number;
  readonly #window = new Map<number, ReadRow>();
  #rowsAtOnce = FIRST_ROWS;
  #openHead: number | null = null;
  #plan: Plan | null = null;
  #at: number;
  #left: number;
  /** Since the last decision of the plan. */
  #looked = { events: 0, ms: 0, hits: 0, from: 0, next: 0 };

  /** @param found is told of each match in order; false where the event is gone. */
  constructor(
    private readonly sources: ScanSources,
    filter: EventFilter,
    private readonly ask: ScanAsk,
    private readonly found: (seq: number) => boolean,
    private readonly kept: KeptSearch = { node: filterTree(filter), plan: null },
  ) {
    this.#node = kept.node;
    this.#now = filter.asked?.now ?? 0;
    const test = matcher(this.#node);
    this.#test = ({ event }) => test(event, this.#now);
    this.#head = Math.min(sources.head.get() ?? 0, ask.upTo ?? Infinity);
    // Anybody may make up a cursor that lies beyond history.
    this.#at = ask.order === 'asc' ? (ask.after ?? 0) : Math.min(ask.after ?? Infinity, this.#head + 1);
    this.#left = ask.limit;
    this.#looked.next = sources.tuning.look;
    this.#looked.from = this.#at;
  }

  /** The seq up to which was looked; null once there is no more history. */
  run(): number | null {
    if (this.ask.cancelled?.()) return this.#at;
    const { catalog } = this.sources.blocks;
    catalog.follow();
    this.#plan = this.kept.plan ??= new Plan(this.sources, this.#node, this.#range());
    while (!this.#ended()) {
      const block = blockOf(this.ask.order === 'asc' ? this.#at + 1 : this.#at - 1);
      const may = mayMatch(catalog, this.#node, block, this.#plan.leaves, this.#now);
      if (may && this.#visit(block)) return this.#at;
      this.#at = this.ask.order === 'asc' ? Math.min(this.#head, (block + 1) * SLOTS) : block * SLOTS + 1;
      if (this.#over()) return this.#ended() ? null : this.#at;
    }
    return null;
  }

  #ended(): boolean {
    return this.ask.order === 'asc' ? this.#at >= this.#head : this.#at <= 1;
  }

  #range() {
    const { order } = this.ask;
    const [from, to] = order === 'asc' ? [this.#at + 1, this.#head] : [1, Math.min(this.#head, this.#at - 1)];
    return { now: this.#now, order, from, to, head: this.#head, readMs: this.sources.tuning.readMs };
  }

  #over(): boolean {
    const { ms, first = ms, limit, cancelled } = this.ask;
    const spent = performance.now() - this.#begun;
    const found = limit - this.#left;
    const enough = (found > 0 && spent > first) || (found >= SCREENFUL && spent > first / 3);
    return enough || spent > ms || (cancelled?.() ?? false);
  }

  /** True when the search ends within the block. */
  #visit(block: number): boolean {
    for (;;) {
      const { may, must } = this.#bounds(block);
      if (may === false) return false;
      const slots = this.#slots(block, may);
      const outcome = this.#walk(block, slots, must);
      if (outcome !== 'replan') return outcome === 'over';
    }
  }

  #bounds(block: number): Bounds {
    const leaves = this.#plan?.leaves ?? new Map<QueryNode, Leaf>();
    // What the index finds is there: it forgets what is removed.
    const found = boundsByLeaves(this.#node, block, leaves);
    if (found) return found;
    const look = (seen: Block): Bounds => {
      const { must, may } = boundsOf(this.#node, seen, leaves, this.#now);
      return { must, may: may === false ? false : and(may, presentMask(seen)) };
    };
    const open = this.#openBlock(block);
    const known = open ? look(open) : this.sources.blocks.lookAtStored(block, look);
    return known ?? { must: false, may: true };
  }

  /** The newest block, if it is the one: taken in once a search comes there, which most slices of an export do not. */
  #openBlock(block: number): Block | null {
    if (block < blockOf(this.#head + 1)) return null;
    this.#openHead ??= this.sources.head.get() ?? 0;
    this.sources.open.refresh(this.#openHead);
    return this.sources.open.get(block);
  }

  /** The slots to be looked at, in the order of the search, beyond where it stands. */
  #slots(block: number, may: Exclude<Mask, false>): number[] {
    const ascending = this.ask.order === 'asc';
    const low = ascending ? Math.max(0, this.#at - block * SLOTS) : 0;
    const high = ascending
      ? Math.min(SLOTS, this.#head - block * SLOTS) - 1
      : Math.min(SLOTS, this.#at - 1 - block * SLOTS) - 1;
    const slots: number[] = [];
    if (may === true) for (let slot = low; slot <= high; slot++) slots.push(slot);
    else for (const slot of slotsOf(may)) if (slot >= low && slot <= high) slots.push(slot);
    return ascending ? slots : slots.reverse();
  }

  #walk(block: number, slots: readonly number[], must: Bounds['must']): 'over' | 'through' | 'replan' {
    const crowded = slots.length > CROWDED;
    for (const slot of slots) {
      const seq = block * SLOTS + slot + 1;
      const decided = hasSlot(must, slot);
      const hit = (decided || this.#passes(seq, crowded)) && this.found(seq);
      this.#at = seq;
      if (hit) this.#left -= 1;
      if (!decided && hit) this.#looked.hits += 1;
      if (this.#left === 0 || this.#over()) return 'over';
      if (this.#looked.events >= this.#looked.next && this.#replan()) return 'replan';
    }
    return 'through';
  }

  #passes(seq: number, crowded: boolean): boolean {
    const begun = performance.now();
    const row = crowded ? this.#among(seq) : this.sources.rows.one(seq);
    const passes = row !== null && this.#test(row);
    this.#looked.events += 1;
    this.#looked.ms += performance.now() - begun;
    return passes;
  }

  #among(seq: number): ReadRow | null {
    const known = this.#window.get(seq);
    if (known) return known;
    this.#window.clear();
    const [from, to] =
      this.ask.order === 'asc' ? [seq, seq + this.#rowsAtOnce - 1] : [seq - this.#rowsAtOnce + 1, seq];
    for (const row of this.sources.rows.between(from, to)) this.#window.set(row.seq, row);
    this.#rowsAtOnce = Math.min(this.#rowsAtOnce * 2, MOST_ROWS);
    return this.#window.get(seq) ?? null;
  }

  /** True when more is looked up from now on, so that less has to be read. */
  #replan(): boolean {
    const { events, ms, hits, from } = this.#looked;
    this.sources.sample.refresh(this.#head);
    const passed = Math.max(1, Math.abs(this.#at - from));
    const { limit, first = Infinity } = this.ask;
    const left = limit > this.#left ? first - (performance.now() - this.#begun) : Infinity;
    const outlook = { at: this.#at, need: this.#left, hits, read: events, passed, readMs: ms / events, left };
    const changed = this.#plan?.reconsider(outlook) ?? false;
    if (changed) this.#looked = { events: 0, ms: 0, hits: 0, from: this.#at, next: this.sources.tuning.look };
    else this.#looked.next = events * 2;
    return changed;
  }
}
