import { STAGES, type StageId } from '../../realtime/entities';
import { isSet } from '../shared/order';
import type { Run } from './run-state';

/**
 * How long a hop takes: from the end of the stage before it in the same run to its own end, over the runs that are kept.
 * `total` is from the first thing known of a run to its promotion. Seconds.
 */
export type LeadTime = { hop: StageId | 'total'; runs: number; median_seconds: number; max_seconds: number };

function endOf(run: Run, stage: StageId): number | null {
  const hop = run.hops.get(stage);
  return hop !== undefined && isSet(hop.end) && hop.status === 'done' ? hop.end.t : null;
}

function collect(run: Run, into: Map<LeadTime['hop'], number[]>): void {
  let before: number | null = null;
  for (const stage of STAGES) {
    const end = endOf(run, stage);
    if (end === null) continue;
    if (before !== null && end >= before) append(into, stage, end - before);
    before = end;
  }
  const promoted = endOf(run, 'promotion');
  if (promoted !== null && promoted >= run.startedAt) append(into, 'total', promoted - run.startedAt);
}

function append(into: Map<LeadTime['hop'], number[]>, hop: LeadTime['hop'], seconds: number): void {
  const list = into.get(hop);
  if (list === undefined) into.set(hop, [seconds]);
  else list.push(seconds);
}

export function leadTimes(runs: Iterable<Run>): LeadTime[] {
  const samples = new Map<LeadTime['hop'], number[]>();
  for (const run of runs) collect(run, samples);
  return [...STAGES, 'total' as const].flatMap((hop) => {
    const sorted = samples.get(hop)?.sort((a, b) => a - b);
    if (sorted === undefined) return [];
    const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
    return [{ hop, runs: sorted.length, median_seconds: median, max_seconds: sorted.at(-1) ?? 0 }];
  });
}
