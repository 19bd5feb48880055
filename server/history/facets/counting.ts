import type { QueryNode } from '../../../domain/query';
import { SLOTS } from '../blocks/block';
import { BlockScan, type BlockSources } from './steps/block-scan';
import { clockOf, type Clock } from './steps/count-clock';
import { EventCheck, type Ask } from './steps/event-check';
import type { Checked, Counted } from './steps/count-steps';
import type { KeptPlace } from './tallies/kept-counts';
import type { LookingUp } from './leaves/leaf-finder';
import type { Leaf } from '../matching/masks';
import type { ReadRow, RowReader } from '../matching/row-reader';
import { spread } from './steps/spread';
import { EXACT_UP_TO, summaryOf, type Beside } from './summary';
import { surestFirst } from './leaves/surest-first';
import { Tallies } from './tallies/tallies';

/** The share of the time after which words are no longer looked up. */
const WORDS_SHARE = 0.8;
/** What takes longer is not looked up before it was judged how many events match. */
const SOON_MS = 20;
/** Where events take longer to be read, it is judged again whether something is to be looked up. */
const WORTH_MS = 100;
/** By so many blocks, and for so long, it is judged how many events match. */
const PROBED = 48;
const PROBE_MS = 10;
/** Events by which it is judged what a look-up leaves open. */
const SAMPLE = 256;

interface Sources extends BlockSources {
  readonly rows: RowReader;
}

/** One count: looks parts of the query up, goes through the blocks, and reads the events that are left. It can be gone on with. */
export class Counting {
  #scan: BlockScan | null = null;
  #checks: EventCheck[] = [];
  /** Of what the blocks left open so much is being read. */
  #given = 0;
  #patient = false;
  /** What was looked up when the blocks were gone through. */
  #steps = 0;

  constructor(
    private readonly sources: Sources,
    private readonly asked: Ask,
    private readonly looking: LookingUp,
    private readonly blocks: readonly number[],
    private readonly beside: Beside & { readonly keep: KeptPlace | null },
  ) {}

  /** What can be told within the time; null where few match, and it takes longer to count them. */
  *soon(clock: Clock, patience: boolean): Generator<undefined, Counted | null> {
    const left = (): number => clock.left(WORDS_SHARE);
    if (!this.looking.go(left, SOON_MS)) {
      const few = yield* this.#areFew();
      if (few && patience) return null;
      this.looking.go(left);
    }
    return yield* this.count(clock);
  }

  /** The same from where it ended, for longer, and until more than `limit` events were found that match. */
  *on(clock: Clock, limit: number): Generator<undefined, Counted> {
    const left = (): number => clock.left(WORDS_SHARE);
    if (!this.looking.go(left, SOON_MS)) {
      if (this.looking.sample.length === 0) yield* this.#areFew();
      this.looking.go(left);
    }
    this.#patient = true;
    return yield* this.#go(clock, limit);
  }

  *count(clock: Clock): Generator<undefined, Counted> {
    return yield* this.#go(clock, Infinity);
  }

  *#go(clock: Clock, limit: number): Generator<undefined, Counted> {
    const scan = yield* this.#scanned(clock);
    const { undecided } = scan.scanned;
    if (undecided.length > this.#given)
      this.#checks.push(
        new EventCheck(this.sources.rows, this.asked, undecided.slice(this.#given), this.#patient),
      );
    this.#given = undecided.length;
    for (const check of this.#checks) yield* check.go(clock, limit - scan.scanned.tallies.total);
    const { keep, ...beside } = this.beside;
    const checked = this.#checked();
    return summaryOf({ scanned: scan.scanned, checked, ...beside }, this.asked.bins, keep);
  }

  /** Once it is known how many events are left to be read, more may be worth to be looked up. */
  *#scanned(clock: Clock): Generator<undefined, BlockScan> {
    if (this.looking.steps > this.#steps) this.#again();
    const scan = (this.#scan ??= this.#scanOf(this.blocks));
    yield* scan.go(clock);
    const { undecided, visited, blocks } = scan.scanned;
    const open = undecided.reduce((sum, { slots }) => sum + (slots?.length ?? SLOTS), 0);
    if (visited < blocks || open * this.sources.rows.apartMs < WORTH_MS) return scan;
    this.looking.go(() => clock.left(WORDS_SHARE), Infinity, open);
    if (this.looking.steps === this.#steps) return scan;
    this.#again();
    yield* (this.#scan = this.#scanOf(this.blocks)).go(clock);
    return this.#scan;
  }

  #again(): void {
    this.#steps = this.looking.steps;
    this.#scan = null;
    this.#checks = [];
    this.#given = 0;
  }

  /** Whether few events match, by what some blocks and some events of them say. */
  *#areFew(): Generator<undefined, boolean> {
    const { blocks } = this;
    const some: number[] = [];
    for (const place of spread(blocks.length)) {
      if (some.length === PROBED) break;
      some.push(blocks[place] ?? 0);
    }
    const scan = this.#scanOf(some);
    yield* scan.go(clockOf(Infinity));
    const { tallies, undecided } = scan.scanned;
    const seen: ReadRow[] = [];
    const check = new EventCheck(this.sources.rows, this.asked, undecided, false, seen);
    yield* check.go(clockOf(PROBE_MS), Infinity);
    const step = Math.ceil(seen.length / SAMPLE);
    this.looking.sample = seen.filter((_, place) => place % step === 0);
    const { looked, of, tallies: found } = check.checked;
    const total = tallies.total + (found.total * of) / Math.max(1, looked);
    return (total * blocks.length) / some.length < 2 * EXACT_UP_TO;
  }

  #scanOf(blocks: readonly number[]): BlockScan {
    const { asked, sources, looking } = this;
    // What is put together belongs to this order alone.
    const leaves = new Map<QueryNode, Leaf>(looking.found);
    const { catalog } = sources.blocks;
    const node = surestFirst(asked.node, leaves, (field) => catalog.shareOf(field));
    return new BlockScan(sources, { ...asked, node }, leaves, blocks);
  }

  #checked(): Checked {
    const tallies = new Tallies(this.asked.bins, this.asked.end);
    let [looked, of] = [0, 0];
    for (const { checked } of this.#checks) {
      tallies.merge(checked.tallies, 1);
      looked += checked.looked;
      of += checked.of;
    }
    return { tallies, looked, of };
  }
}
