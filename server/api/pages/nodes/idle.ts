import {
  bucketsOf,
  cell,
  GRAINS,
  totalsBegin,
  type Bucket,
  type NodesState,
  type NodeState,
} from '../../../../domain/projections/nodes';
import { conditionsOf, linkOf } from '../../../../domain/projections/nodes/entities';

/** That a node is up, passes its checks and does nothing. */
export type Idle = {
  /** Nothing has ended on it since then; what ended last may have ended up to two hours before. */
  since: number;
  /** Half of the others of its kind, or more, each ended so much over the last `seconds`. */
  others: number;
  seconds: number;
};

/** Sums are kept by two hours: looked at are one whole stretch and what there is of the next. */
const WINDOW_S = GRAINS.coarse.seconds;
const DAY_S = 86_400;
/**
 * So much must usually end on the node in that time, by its last day of work, and on half of its kind have ended. By chance,
 * where ten are usual, none ends once in 20,000 times.
 */
const LEAST = 10;
const LEAST_OTHERS = 2;

/**
 * The nodes that do nothing while they could: up and well all the time, without a word of work, while the others of their
 * kind work. One that never worked is not judged, it may be there for something else; nor is one where most others rest too.
 */
export function idleNodes({ nodes, clock }: NodesState): Map<string, Idle> {
  const idle = new Map<string, Idle>();
  if (clock === null) return idle;
  const from = totalsBegin(clock - WINDOW_S, clock);
  const ended = new Map<string, number[]>();
  const resting: [name: string, node: NodeState][] = [];
  for (const [name, node] of nodes) {
    const count = sumOf(bucketsOf(node.history, 'coarse', from, clock));
    const kind = kindOf(node);
    const counts = ended.get(kind);
    if (counts === undefined) ended.set(kind, [count]);
    else counts.push(count);
    if (count === 0 && isSteady(node, from, clock) && !isAtWork(node, from)) resting.push([name, node]);
  }
  for (const counts of ended.values()) counts.sort((a, b) => a - b);
  for (const [name, node] of resting) {
    // It is one of those of which nothing ended.
    const others = (ended.get(kindOf(node)) ?? []).slice(1);
    const half = others[Math.floor((others.length - 1) / 2)] ?? 0;
    const since = stopped(node, from);
    if (since !== null && others.length >= LEAST_OTHERS && half >= LEAST)
      idle.set(name, { since, others: half, seconds: clock - from });
  }
  return idle;
}

/** Counted on since before then, with nothing wrong, and a check passed since. */
function isSteady(node: NodeState, from: number, clock: number): boolean {
  const { link, unhealthy, overloaded, backpressure, passed } = node;
  const settled = [link, unhealthy, overloaded].every((phase) => (phase.since ?? -Infinity) <= from);
  const well = linkOf(node) === 'online' && conditionsOf(node, clock).length === 0 && backpressure.v === null;
  return settled && well && passed.t >= from;
}

/** Something under way was heard of since then; what was taken before and never heard of again is part of the silence. */
function isAtWork({ duties }: NodeState, from: number): boolean {
  return [...duties.values()].some(({ open, t }) => open && t >= from);
}

/** Machines without a GPU are not given what those with one do. */
function kindOf({ gpu, hostType }: NodeState): 'cpu' | 'gpu' | 'unknown' {
  const told = gpu.v ?? hostType.v;
  if (told === null) return 'unknown';
  return told.toLowerCase() === 'cpu' ? 'cpu' : 'gpu';
}

/** When the node ended its last work at the latest; null for one that did too little until then to be missed. */
function stopped({ history }: NodeState, from: number): number | null {
  const { seconds, count } = GRAINS.coarse;
  const before = bucketsOf(history, 'coarse', from - seconds * count, from - 1);
  const last = before.findLast((bucket) => sumOf([bucket]) > 0)?.from;
  if (last === undefined) return null;
  const end = last + seconds;
  const day = sumOf(before.filter((bucket) => bucket.from < end && bucket.from >= end - DAY_S));
  return (day * WINDOW_S) / DAY_S >= LEAST ? end : null;
}

function sumOf(buckets: readonly Bucket[]): number {
  return buckets.reduce(
    (sum, bucket) => sum + cell(bucket, 'batches') + cell(bucket, 'work') + cell(bucket, 'syncs'),
    0,
  );
}
