import type { QueryNode } from '../../../../domain/query';
import { matcher } from '../../../../domain/query';
import { blockOf, seqAt, SLOTS } from '../../blocks/block';
import type { Clock } from './count-clock';
import type { Checked, Undecided } from './count-steps';
import type { ReadRow, RowReader } from '../../matching/row-reader';
import { Tallies } from '../tallies/tallies';
import type { Bins } from '../tallies/tally';

/** Events of one block that are looked at in a row, and events that are read together. */
const RUN = 16;
const TOGETHER = 64;
/** Fewer events than this say nothing about the others, however late it is. */
const LEAST = 512;

/** One question to the counter. */
export interface Ask {
  readonly node: QueryNode;
  readonly now: number;
  readonly bins: Bins | null;
  /** One more than the last full block. */
  readonly end: number;
  readonly cancelled: () => boolean;
}

/** Looks at the undecided events themselves, a few of each block, then the next few. */
export class EventCheck {
  readonly #tallies: Tallies;
  readonly #test: ReturnType<typeof matcher>;
  readonly #seqs: Iterator<number[], void>;
  readonly #of: number;
  #looked = 0;

  /**
   * @param patient whole blocks one after the other: who has the time reads them more quickly so
   * @param seen takes the events that were looked at
   */
  constructor(
    private readonly rows: RowReader,
    private readonly ask: Ask,
    undecided: readonly Undecided[],
    patient: boolean,
    private readonly seen: ReadRow[] | null = null,
  ) {
    this.#tallies = new Tallies(ask.bins, ask.end);
    this.#test = matcher(ask.node);
    this.#seqs = together(runs(undecided, patient ? SLOTS : RUN));
    this.#of = undecided.reduce((sum, { slots }) => sum + (slots?.length ?? SLOTS), 0);
  }

  /** What came of it so far. */
  get checked(): Checked {
    return { tallies: this.#tallies, looked: this.#looked, of: this.#of };
  }

  /** Goes on until time is over, or more than `limit` match. Yields where it may be left for a moment. */
  *go(clock: Clock, limit: number): Generator<undefined, void> {
    const [begun, before] = [performance.now(), this.#looked];
    for (;;) {
      const [done, todo] = [this.#looked - before, this.#of - this.#looked];
      if (todo === 0 || this.ask.cancelled()) return;
      const enough = this.#looked >= LEAST;
      if (enough && (this.#tallies.total > limit || clock.late(1, done, todo, begun))) return;
      yield;
      this.#look(this.#seqs.next().value ?? []);
    }
  }

  #look(seqs: number[]): void {
    const { now } = this.ask;
    for (const row of this.rows.of(seqs)) {
      this.seen?.push(row);
      if (this.#test(row.event, now)) this.#tallies.of(blockOf(row.seq)).addOne(row.timestamp, row.values);
    }
    this.#looked += seqs.length;
  }
}

/** Short runs put together: one statement reads them. */
function* together(runs: Iterable<number[]>): Generator<number[], void> {
  let seqs: number[] = [];
  for (const run of runs) {
    seqs.push(...run);
    if (seqs.length < TOGETHER) continue;
    yield seqs;
    seqs = [];
  }
  if (seqs.length > 0) yield seqs;
}

/** The seqs of all undecided events in runs: one run of each block, then the next of each. */
function* runs(undecided: readonly Undecided[], run: number): Generator<number[], void> {
  const longest = Math.max(0, ...undecided.map(({ slots }) => slots?.length ?? SLOTS));
  for (let start = 0; start < longest; start += run) {
    for (const { block, slots } of undecided) {
      const length = slots?.length ?? SLOTS;
      if (start >= length) continue;
      // Not always the first events of a block: it may begin with a burst that is everywhere the same.
      const shift = run >= length ? 0 : (block * 2_654_435_761) % length;
      const seqs: number[] = [];
      for (let place = start; place < Math.min(length, start + run); place++) {
        const at = (place + shift) % length;
        seqs.push(seqAt(block, slots ? (slots[at] ?? 0) : at));
      }
      yield seqs;
    }
  }
}
