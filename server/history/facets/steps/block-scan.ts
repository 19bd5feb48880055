import { countBits, slotsOf } from '../../blocks/bits';
import { SLOTS, type Block } from '../../blocks/block';
import type { BlockStore } from '../../blocks/block-store';
import type { Clock } from './count-clock';
import type { Ask } from './event-check';
import type { Scanned, Undecided } from './count-steps';
import { boundsOf, mayOf, presentMask, type Leaves } from '../../matching/masks';
import { and, not, type Mask } from '../../matching/mask-logic';
import { mayMatch } from '../../matching/may-match';
import type { OpenBlock } from '../../blocks/open-block';
import { READ_MS } from '../../matching/row-reader';
import { spread } from './spread';
import { Tallies } from '../tallies/tallies';

/** So many blocks, 131,072 events, are all read however late it is: a short history is always counted in full. */
export const SHORT = 32;
/** The share of the time that at the most is kept for events that have to be read. */
const EVENTS_SHARE = 0.35;

/** So few events are read rather than looked for in a block: one whose columns are in memory, or are to be read. */
const FEW = 1;
const FEW_UNREAD = 4;

/** Where blocks are read from. */
export interface BlockSources {
  readonly blocks: BlockStore;
  readonly open: OpenBlock;
}

/** Counts what blocks decide, one after the other in an order of which every beginning lies evenly over history. */
export class BlockScan {
  readonly #tallies: Tallies;
  readonly #undecided: Undecided[] = [];
  readonly #order: Iterator<number, void>;
  #visited = 0;
  #events = 0;
  /** Events that are left open. */
  #left = 0;

  constructor(
    private readonly sources: BlockSources,
    private readonly ask: Ask,
    private readonly leaves: Leaves,
    private readonly numbers: readonly number[],
  ) {
    this.#tallies = new Tallies(ask.bins, ask.end);
    this.#order = spread(numbers.length);
  }

  /** What came of it so far. */
  get scanned(): Scanned {
    return {
      ...{ tallies: this.#tallies, end: this.ask.end, undecided: this.#undecided },
      ...{ blocks: this.numbers.length, visited: this.#visited, events: this.#events },
    };
  }

  /** Goes on until time is over. Yields where it may be left for a moment. */
  *go(clock: Clock): Generator<undefined, void> {
    const [begun, before] = [performance.now(), this.#visited];
    for (;;) {
      const [done, todo] = [this.#visited - before, this.numbers.length - this.#visited];
      if (todo === 0 || (done > 0 && this.#late(clock, done, todo, begun))) return;
      yield;
      this.#next(this.numbers[this.#order.next().value ?? 0] ?? 0);
    }
  }

  #late(clock: Clock, done: number, todo: number, begun: number): boolean {
    if (this.ask.cancelled()) return true;
    return this.numbers.length > SHORT && clock.late(this.#share(clock), done, todo, begun);
  }

  #next(number: number): void {
    const { catalog } = this.sources.blocks;
    const { node, now } = this.ask;
    this.#visited += 1;
    if (!mayMatch(catalog, node, number, this.leaves, now)) {
      this.#events += (this.sources.open.get(number) ?? catalog.get(number))?.events ?? 0;
      return;
    }
    const few = this.#few(number);
    if (few !== null) {
      this.#events += catalog.get(number)?.events ?? 0;
      if (few.length > 0) this.#leave(number, few);
      return;
    }
    this.#look(number, (block) => {
      const rest = this.#visit(block);
      if (rest !== false) this.#leave(number, slotsIn(rest));
      this.#events += block.events;
    });
  }

  #leave(block: number, slots: Uint16Array | null): void {
    this.#left += slots?.length ?? SLOTS;
    this.#undecided.push({ block, slots });
  }

  /** The only slots that can match, where these events are sooner read than the columns of the block. */
  #few(number: number): Uint16Array | null {
    if (this.sources.open.get(number)) return null;
    const may = mayOf(this.ask.node, number, this.leaves);
    if (may === false) return new Uint16Array(0);
    if (may === true) return null;
    const most = this.sources.blocks.hasColumns(number) ? FEW : FEW_UNREAD;
    return countBits(may) <= most ? slotsOf(may) : null;
  }

  #look(number: number, seeing: (block: Block) => void): void {
    const open = this.sources.open.get(number);
    if (open) seeing(open);
    else this.sources.blocks.look(number, seeing);
  }

  /** The share of the time that blocks may take: what is left open has to be read from the events. */
  #share(clock: Clock): number {
    return 1 - Math.min(EVENTS_SHARE, (this.#left * READ_MS) / Math.max(1, clock.ms));
  }

  /** Counts what certainly matches; what may match besides. */
  #visit(block: Block): Mask {
    const { node, now } = this.ask;
    const bounds = boundsOf(node, block, this.leaves, now);
    const must = bounds.must === true ? true : and(bounds.must, presentMask(block));
    const decided = bounds.may === bounds.must || must === true;
    const rest = decided ? false : and(and(bounds.may, presentMask(block)), not(must));
    this.#tallies.of(block.block).add(block, must);
    return rest;
  }
}

const slotsIn = (mask: Mask): Uint16Array | null => (typeof mask === 'boolean' ? null : slotsOf(mask));
