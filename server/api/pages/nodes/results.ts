import {
  totalsBegin,
  totalsOf,
  type Column,
  type NodesState,
  type Sums,
} from '../../../../domain/projections/nodes';
import { fisherUpper, holm, welchUpper, wilson, type Moments } from './stats';

/** What can fail on a node, and the columns that count it. */
export const KINDS = {
  selfplay: ['batches', 'batches_failed'],
  work: ['work', 'work_failed'],
  checks: ['checks', 'checks_failed'],
  syncs: ['syncs', 'syncs_failed'],
} as const satisfies Record<string, readonly [Column, Column]>;
export type FailureKind = keyof typeof KINDS;
export type ResultKind = FailureKind | 'pace';

/** Fewer trials than this, of the node or of the others, are not tested: nothing could be told from them. */
export const LEAST_TRIALS = 20;
/** A pace is compared with the other nodes of the same type, of which there must be two. */
const LEAST_PEERS = 2;
/** Adjusted p-value below which a node is called worse than the others. */
export const ALPHA = 0.05;

/** A node's results of one kind beside those it is compared with. */
export type Comparison = {
  node: string;
  kind: ResultKind;
  n: number;
  /** Failures; for the pace: how many times as long a game takes as on the others. */
  value: number;
  /** 95 % interval of the failed share (Wilson); null for the pace. */
  interval: [low: number, high: number] | null;
  others_n: number;
  /** Failures of the others; null for the pace. */
  others_failed: number | null;
  /** One-sided p-value, and the same after Holm's correction over all tests of this answer. */
  p: number;
  p_adjusted: number;
};

/** One row of the comparison: what a node did, and per kind `[trials, failures, adjusted p or null when not tested]`. */
export type ResultRow = {
  node: string;
  host_type: string | null;
  games: number;
  /** Games by the hours of the stretch in which the node was known, at least one. */
  games_per_hour: number;
  selfplay: Outcome;
  work: Outcome;
  checks: Outcome;
  syncs: Outcome;
  /** Batches, seconds per game (geometric mean), adjusted p. */
  pace: [n: number, seconds: number | null, p: number | null];
};
export type Outcome = [n: number, failed: number, p: number | null];

export type Results = {
  /** The stretch compared, epoch seconds: whole buckets of 2 h. */
  since: number;
  until: number;
  tests: number;
  rows: ResultRow[];
  /** Those that are worse than the others, worst first. */
  worse: Comparison[];
  fleet: Record<FailureKind, [n: number, failed: number]>;
};

type Sample = { node: string; hostType: string | null; hours: number; sums: Sums };
type Untested = Omit<Comparison, 'p_adjusted'>;

/** Compares every node's results over the last `span` seconds with those of the others. */
export function nodeResults(state: NodesState, span: number): Results {
  const until = state.clock ?? 0;
  const since = totalsBegin(until - span, until);
  const samples: Sample[] = [...state.nodes].map(([node, each]) => ({
    node,
    hostType: each.hostType.v,
    hours: Math.max(1, (until - Math.max(since, each.signs.first ?? since)) / 3_600),
    sums: totalsOf(each.history, since, until),
  }));
  const fleet = {} as Results['fleet'];
  for (const kind of Object.keys(KINDS) as FailureKind[]) fleet[kind] = totalOf(samples, kind);
  const tests = [...failureTests(samples, fleet), ...paceTests(samples)];
  const adjusted = holm(tests.map(({ p }) => p));
  const all = tests.map((test, index) => ({ ...test, p_adjusted: adjusted[index] ?? 1 }));
  const worse = all.filter((test) => test.p_adjusted < ALPHA).sort((a, b) => a.p - b.p);
  return { since, until, tests: tests.length, rows: rowsOf(samples, all), worse, fleet };
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function totalOf(samples: readonly Sample[], kind: FailureKind): [number, number] {
  const [trials, failures] = KINDS[kind];
  let [n, failed] = [0, 0];
  for (const { sums } of samples) {
    n += sums[trials];
    failed += sums[failures];
  }
  return [n, failed];
}

function failureTests(samples: readonly Sample[], fleet: Results['fleet']): Untested[] {
  const tests: Untested[] = [];
  for (const [kind, [trials, failures]] of Object.entries(KINDS) as [FailureKind, [Column, Column]][]) {
    const [all, allFailed] = fleet[kind];
    for (const { node, sums } of samples) {
      const [n, failed] = [sums[trials], sums[failures]];
      const [othersN, othersFailed] = [all - n, allFailed - failed];
      if (n < LEAST_TRIALS || othersN < LEAST_TRIALS) continue;
      const p = fisherUpper(failed, n, othersFailed, othersN);
      const [low, high] = wilson(failed, n) ?? [0, 1];
      tests.push({
        ...{ node, kind, n, value: failed, interval: [low, high] },
        ...{ others_n: othersN, others_failed: othersFailed, p },
      });
    }
  }
  return tests;
}

const momentsOf = ({ sums }: Sample): Moments => ({
  n: sums.paced,
  sum: sums.pace / 100,
  squares: sums.pace_squared / 10_000,
});

const minus = (a: Moments, b: Moments): Moments => ({
  n: a.n - b.n,
  sum: a.sum - b.sum,
  squares: a.squares - b.squares,
});

/** Slower machines take longer by nature: a node's pace is compared within its own type only. */
function paceTests(samples: readonly Sample[]): Untested[] {
  const tests: Untested[] = [];
  const types = groupBy(
    samples.filter(({ hostType, sums }) => hostType !== null && sums.paced > 0),
    ({ hostType }) => hostType,
  );
  for (const peers of types.values()) {
    if (peers.length <= LEAST_PEERS) continue;
    const all = peers
      .map(momentsOf)
      .reduce((a, b) => minus(a, { n: -b.n, sum: -b.sum, squares: -b.squares }));
    for (const peer of peers) {
      const own = momentsOf(peer);
      const others = minus(all, own);
      if (own.n < LEAST_TRIALS || others.n < LEAST_TRIALS) continue;
      const value = Math.exp(own.sum / own.n - others.sum / others.n);
      const p = welchUpper(own, others);
      tests.push({
        ...{ node: peer.node, kind: 'pace', n: own.n, value, interval: null },
        ...{ others_n: others.n, others_failed: null, p },
      });
    }
  }
  return tests;
}

function rowsOf(samples: readonly Sample[], tests: readonly Comparison[]): ResultRow[] {
  const byNode = groupBy(tests, ({ node }) => node);
  return samples.map(({ node, hostType, hours, sums }) => {
    const adjusted = (kind: ResultKind): number | null => {
      const p = byNode.get(node)?.find((test) => test.kind === kind)?.p_adjusted;
      return p === undefined ? null : Number(p.toPrecision(2));
    };
    const outcome = (kind: FailureKind): Outcome => {
      const [trials, failures] = KINDS[kind];
      return [sums[trials], sums[failures], adjusted(kind)];
    };
    const seconds = sums.paced === 0 ? null : Number(Math.exp(sums.pace / 100 / sums.paced).toPrecision(3));
    return {
      ...{ node, host_type: hostType, games: sums.games, games_per_hour: sums.games / hours },
      ...{ selfplay: outcome('selfplay'), work: outcome('work') },
      ...{ checks: outcome('checks'), syncs: outcome('syncs') },
      pace: [sums.paced, seconds, adjusted('pace')],
    };
  });
}
