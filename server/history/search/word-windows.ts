import { SLOTS } from '../blocks/block';
import type { Bounds, Leaf } from '../matching/masks';
import type { FoundWords } from '../words/kept-words';
import { SeqSet } from '../words/seq-set';
import { SetLeaf } from '../words/set-leaf';
import type { Blocks } from '../words/stretch';
import type { Order } from './word-list';

/** Blocks that are looked up at first, a quarter of a million events; twice as many each further time, while that is quick. */
export const FIRST_WINDOW = 64;
/** Nothing stops a look-up: the longest is a fifth of one in ten million events. */
export const LONGEST_WINDOW = 512;
const QUICK_MS = 30;

const UNKNOWN: Bounds = { must: false, may: true };

/**
 * What is found as a part of a query, looked up as far as a search goes: in windows of blocks that follow each other in its
 * order. A search that soon has its page looks nothing up beyond, and a long one can stop in between.
 */
export class WordWindows implements Leaf {
  #blocks: Blocks = { first: 0, last: -1 };
  #leaf: Leaf | null = null;
  #size = FIRST_WINDOW;
  /** All windows so far together, while they follow each other without a gap. */
  #whole: FoundWords | null = null;

  /**
   * @param exact false: what is found may match, nothing else does
   * @param range what may be asked for
   * @param find null where nothing can be found out
   * @param keep is told what was found, once all of the range was looked up
   */
  constructor(
    readonly exact: boolean,
    private readonly order: Order,
    private readonly range: Blocks,
    private readonly find: (blocks: Blocks) => FoundWords | null,
    private readonly keep: (found: FoundWords) => void,
  ) {}

  bounds(block: number): Bounds {
    if (block < this.#blocks.first || block > this.#blocks.last) this.#turnTo(block);
    return this.#leaf?.bounds(block) ?? UNKNOWN;
  }

  #turnTo(block: number): void {
    const ahead = this.#size - 1;
    const window =
      this.order === 'asc'
        ? { first: block, last: Math.min(this.range.last, block + ahead) }
        : { first: Math.max(this.range.first, block - ahead), last: block };
    const begun = performance.now();
    const found = this.find(window);
    const quick = performance.now() - begun < QUICK_MS;
    this.#gather(window, found);
    [this.#blocks, this.#leaf] = [window, found && new SetLeaf(found, this.exact)];
    if (quick) this.#size = Math.min(this.#size * 2, LONGEST_WINDOW);
  }

  #gather({ first, last }: Blocks, found: FoundWords | null): void {
    const { range, order } = this;
    const begins = order === 'asc' ? first === range.first : last === range.last;
    if (begins) this.#whole = { set: new SeqSet(range.first, range.last), indexed: Infinity };
    const follows = order === 'asc' ? first === this.#blocks.last + 1 : last === this.#blocks.first - 1;
    if (!begins && !follows) this.#whole = null;
    if (found === null || this.#whole === null) {
      this.#whole = null;
      return;
    }
    const { set, indexed } = this.#whole;
    set.or(found.set);
    const known = last < range.last && found.indexed >= (last + 1) * SLOTS ? Infinity : found.indexed;
    this.#whole = { set, indexed: Math.min(indexed, known) };
    if (order === 'asc' ? last === range.last : first === range.first) this.keep(this.#whole);
  }
}
