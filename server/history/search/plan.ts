import type { QueryNode } from '../../../domain/query';
import type { Connection } from '../../../db/client';
import { uuidToBytes } from '../sql/uuid-bytes';
import type { Leaf } from '../matching/masks';
import { blockOf } from '../blocks/block';
import { listedLeaf } from '../matching/masks';
import { indexedUpTo } from '../sql/query-sql';
import type { Formula, Word } from '../words/formula';
import { comparisonLeaf } from '../values/comparison';
import { ValueLeaf, type ValueFinder } from '../values/value-finder';
import type { PayloadNode } from '../values/value-test';
import { SetLeaf } from '../words/set-leaf';
import type { FoundWords } from '../words/kept-words';
import type { WordFinder } from '../words/word-finder';
import type { Blocks } from '../words/stretch';
import { Lookups, type Lookup } from './lookups';
import { everyLeaf } from './query-parts';
import type { Sample } from './sample';
import { WordList, type Order } from './word-list';
import { WordWindows } from './word-windows';

/** How a search stands when it asks whether to look something up. */
export interface Outlook {
  readonly at: number;
  /** Matches still to be found. */
  readonly need: number;
  readonly hits: number;
  /** Of the seqs that were passed so many had to be read, and took so many milliseconds each: more where the disk was asked. */
  readonly read: number;
  readonly readMs: number;
  readonly passed: number;
  /** Milliseconds until what was found is shown: what takes longer to look up would only delay it. */
  readonly left: number;
}

/** Decides which parts of a query are looked up in the word index, and which are found faster by reading on. */
export class Plan {
  readonly leaves = new Map<QueryNode, Leaf>();
  #options: Lookup[] | null = null;

  constructor(
    private readonly sources: {
      readonly db: Connection;
      readonly sample: Sample;
      readonly words: WordFinder;
      readonly values: ValueFinder;
    },
    readonly node: QueryNode,
    private readonly ask: {
      readonly now: number;
      readonly order: Order;
      readonly from: number;
      readonly to: number;
      readonly head: number;
      /** What reading an event is reckoned at, at least; see READ_MS. */
      readonly readMs: number;
    },
  ) {
    for (const part of idParts(node)) this.leaves.set(part, this.#byIds(part.values));
    const blocks = { first: blockOf(ask.from), last: blockOf(Math.max(ask.from, ask.to)) };
    for (const part of payloadParts(node))
      this.leaves.set(part, comparisonLeaf(part, sources.values, sources.words, blocks));
  }

  /** True when more is looked up from now on. */
  reconsider(outlook: Outlook): boolean {
    const { at, need, hits, read, passed } = outlook;
    const readMs = Math.max(this.ask.readMs, outlook.readMs);
    const ahead = this.ask.order === 'asc' ? this.ask.head - at : at;
    // Without any hit so far there may be none at all.
    const way = Math.min(this.#openAhead(at), hits === 0 ? ahead : Math.min(ahead, (need * passed) / hits));
    const reading = (way * read * readMs) / passed;
    this.#options ??= new Lookups(this.sources, this.node, this.ask).all();
    let [best, least] = [null as Lookup | null, reading];
    for (const option of this.#options) {
      if (option.delay > outlook.left) continue;
      const cost = option.delay + way * passing(option, read / passed, readMs);
      if (cost < least) [best, least] = [option, cost];
    }
    if (best === null) return false;
    this.#take(best, at);
    return true;
  }

  /** What lies ahead and is not decided by columns of payload values, where nothing else is asked for that has to be read. */
  #openAhead(at: number): number {
    if (!everyLeaf(this.node, ({ kind }) => kind !== 'text')) return Infinity;
    const { order, from, to } = this.ask;
    const [first, last] = order === 'asc' ? [at + 1, to] : [from, at - 1];
    if (last < first) return 0;
    const open = [...this.leaves.values()].map((leaf) =>
      leaf instanceof ValueLeaf ? leaf.open(blockOf(first), blockOf(last)) : 0,
    );
    return Math.max(0, ...open);
  }

  #take(option: Lookup, at: number): void {
    const leaves = this.#leaves(option, at);
    option.parts.forEach((part, place) => {
      const [leaf, known] = [leaves[place], this.leaves.get(part)];
      if (leaf) this.leaves.set(part, known instanceof ValueLeaf ? known.beside(leaf) : leaf);
    });
    // What is left must say more than what is known now; what is ruled out says it of what passes.
    this.#options = (this.#options ?? []).filter(
      ({ parts, share, from, exact }) =>
        ((exact && !option.exact) || parts.some((part) => !option.parts.includes(part))) &&
        (share <= option.share || 'ruledOut' in from),
    );
  }

  /** For each part. Of parts that are looked up together each may match wherever all do, and nowhere else. */
  #leaves({ from: source, exact, parts }: Lookup, at: number): (Leaf | null)[] {
    const { order, from, to } = this.ask;
    const range = order === 'asc' ? { from: Math.max(from, at + 1), to } : { from, to: Math.min(to, at - 1) };
    if ('expression' in source) {
      const { db } = this.sources;
      // Up to where the index goes is asked first: of what comes later other words may be needed.
      const indexed = indexedUpTo(db);
      const list = new WordList(db, source.expression(), exact, order, range, indexed);
      return parts.map(() => list);
    }
    const blocks = { first: blockOf(range.from), last: blockOf(Math.max(range.from, range.to)) };
    const read = (formula: Formula): Leaf | null => this.#found(source.windowed, exact, blocks, formula);
    if ('ruledOut' in source) return source.ruledOut.map(read);
    const leaf =
      'phrase' in source ? this.#found(source.windowed, exact, blocks, source.phrase) : read(source.formula);
    return parts.map(() => leaf);
  }

  /** What the index's pages tell: now of all blocks, or window by window as the search comes there. */
  #found(windowed: boolean, exact: boolean, blocks: Blocks, sought: Formula | readonly Word[]): Leaf | null {
    const { words } = this.sources;
    const find = (some: Blocks): FoundWords | null =>
      'kind' in sought ? words.find(sought, some) : words.phrases.find(sought, some, null, () => false);
    if (!windowed) {
      const found = find(blocks);
      return found && new SetLeaf(found, exact);
    }
    const keep = (found: FoundWords): void => {
      if (blocks.first > 0) return;
      if ('kind' in sought) words.keep(sought, found);
      else words.phrases.keep(sought, found);
    };
    return new WordWindows(exact, this.ask.order, blocks, find, keep);
  }

  #byIds(ids: readonly string[]): Leaf {
    const marks = ids.map(() => '?').join(', ');
    const sql = `SELECT seq FROM events WHERE event_id IN (${marks})`;
    const seqs = this.sources.db
      .prepare<unknown[], number>(sql)
      .pluck()
      .all(...ids.map(uuidToBytes));
    return listedLeaf(seqs, true);
  }
}

/**
 * Milliseconds for each seq that lies ahead, once this is looked up.
 * @param reading the share that has to be read now, which takes `readMs` each
 */
function passing({ from, share, entry, past, exact }: Lookup, reading: number, readMs: number): number {
  if ('ruledOut' in from) return past + (reading * readMs) / 4;
  return past + share * (entry + (exact ? readMs / 4 : readMs));
}

function idParts(node: QueryNode): Extract<QueryNode, { kind: 'field' }>[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(idParts);
  if (node.kind === 'not') return idParts(node.part);
  return node.kind === 'field' && node.field === 'id' ? [node] : [];
}

function payloadParts(node: QueryNode): PayloadNode[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(payloadParts);
  if (node.kind === 'not') return payloadParts(node.part);
  return node.kind === 'payload' ? [node] : [];
}
