import { countBits, slotsOf } from './bits';
import { SLOTS, type Block } from './block';
import type { BlockStore } from './block-store';
import type { Ask } from './event-check';
import type { Scanned, Undecided } from './findings';
import { boundsOf, mayOf, presentMask, type Leaves } from './masks';
import { and, not, type Mask } from './mask-logic';
import { mayMatch } from './may-match';
import type { OpenBlock } from './open-block';
import { READ_MS } from './row-reader';
import { spread } from './spread';
import { Tally } from './tally';

/** So many blocks, 131,072 events, are all read however late it is: a short history is always counted in full. */
export const SHORT = 32;
/** The share of the time that at the most is kept for events that have to be read. */
const EVENTS_SHARE = 0.35;

/** So few events are read rather than looked for in a block: one whose columns are in memory, or are to be read. */
const FEW = 1;
const FEW_UNREAD = 4;

/** Counts what blocks decide, one after the other in an order of which every beginning lies evenly over history. */
export class BlockScan {
  constructor(
    private readonly blocks: BlockStore,
    private readonly open: OpenBlock,
  ) {}

  /** Ends when time is over. Yields where it may be left for a moment. */
  *run(ask: Ask, leaves: Leaves, blocks: readonly number[]): Generator<undefined, Scanned> {
    const tally = new Tally(ask.bins);
    const undecided: Undecided[] = [];
    let [visited, events, open] = [0, 0, 0];
    const begun = performance.now();
    const late = (): boolean =>
      ask.cancelled() ||
      (blocks.length > SHORT &&
        ask.clock.late(this.#share(ask, open), visited, blocks.length - visited, begun));
    for (const place of spread(blocks.length)) {
      if (visited > 0 && late()) break;
      yield;
      const number = blocks[place] ?? 0;
      visited += 1;
      if (!mayMatch(this.blocks.catalog, ask.node, number, leaves, ask.now)) {
        events += (this.open.get(number) ?? this.blocks.catalog.get(number))?.events ?? 0;
        continue;
      }
      const few = this.#few(ask, number, leaves);
      if (few !== null) {
        open += few.length;
        events += this.blocks.catalog.get(number)?.events ?? 0;
        if (few.length > 0) undecided.push({ block: number, slots: few });
        continue;
      }
      this.#look(number, (block) => {
        const rest = this.#visit(block, ask, leaves, tally);
        if (rest !== false) {
          const slots = slotsIn(rest);
          open += slots?.length ?? SLOTS;
          undecided.push({ block: number, slots });
        }
        events += block.events;
      });
    }
    return { tally, undecided, blocks: blocks.length, visited, events };
  }

  /** The only slots that can match, where these events are sooner read than the columns of the block. */
  #few({ node }: Ask, number: number, leaves: Leaves): Uint16Array | null {
    if (this.open.get(number)) return null;
    const may = mayOf(node, number, leaves);
    if (may === false) return new Uint16Array(0);
    if (may === true) return null;
    const most = this.blocks.hasColumns(number) ? FEW : FEW_UNREAD;
    return countBits(may) <= most ? slotsOf(may) : null;
  }

  #look(number: number, seeing: (block: Block) => void): void {
    const open = this.open.get(number);
    if (open) seeing(open);
    else this.blocks.look(number, seeing);
  }

  /** The share of the time that blocks may take: what is left open has to be read from the events. */
  #share({ clock }: Ask, open: number): number {
    return 1 - Math.min(EVENTS_SHARE, (open * READ_MS) / Math.max(1, clock.ms));
  }

  /** Counts what certainly matches; what may match besides. */
  #visit(block: Block, { node, now }: Ask, leaves: Leaves, tally: Tally): Mask {
    const bounds = boundsOf(node, block, leaves, now);
    const must = bounds.must === true ? true : and(bounds.must, presentMask(block));
    const decided = bounds.may === bounds.must || must === true;
    const rest = decided ? false : and(and(bounds.may, presentMask(block)), not(must));
    tally.add(block, must);
    return rest;
  }
}

const slotsIn = (mask: Mask): Uint16Array | null => (typeof mask === 'boolean' ? null : slotsOf(mask));
