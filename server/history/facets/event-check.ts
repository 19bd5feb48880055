import type { QueryNode } from '../../../domain/query';
import { matcher } from '../../../domain/query';
import { seqAt, SLOTS } from './block';
import type { Clock } from './clock';
import type { Checked, Undecided } from './findings';
import type { RowReader } from './row-reader';
import type { Bins } from './tally';
import { Tally } from './tally';

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
  readonly clock: Clock;
  /** Whole blocks one after the other: who has the time reads them more quickly so. */
  readonly patient: boolean;
  readonly cancelled: () => boolean;
}

/** Looks at the undecided events themselves, a few of each block, then the next few. */
export class EventCheck {
  constructor(
    private readonly rows: RowReader,
    private readonly ask: Ask,
  ) {}

  /** Ends early where more than `limit` match. Yields where it may be left for a moment. */
  *run(undecided: readonly Undecided[], limit: number): Generator<undefined, Checked> {
    const { node, now, bins, clock, cancelled, patient } = this.ask;
    const tally = new Tally(bins);
    const test = matcher(node);
    const of = undecided.reduce((sum, { slots }) => sum + (slots?.length ?? SLOTS), 0);
    const begun = performance.now();
    let looked = 0;
    for (const seqs of patient ? runs(undecided, SLOTS) : together(runs(undecided, RUN))) {
      if (cancelled() || tally.total > limit) break;
      if (looked >= LEAST && clock.late(1, looked, of - looked, begun)) break;
      yield;
      for (const row of this.rows.of(seqs)) if (test(row.event, now)) tally.addOne(row.timestamp, row.values);
      looked += seqs.length;
    }
    return { tally, looked, of };
  }
}

/** Short runs put together: one statement reads them. */
function* together(runs: Iterable<number[]>): Generator<number[]> {
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
function* runs(undecided: readonly Undecided[], run: number): Generator<number[]> {
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
