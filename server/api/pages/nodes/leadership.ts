import type { LeaderChange, NodesState } from '../../../../domain/projections/nodes';
import type { ChartPoint } from '../../../../components/charts/types';

/** A stretch under one leader; null: none. */
export type Reign = { from: number; to: number; leader: string | null; term: number | null; seq: number };

export type Leadership = {
  since: number;
  until: number;
  reigns: Reign[];
  /** The newest first, at most 100. */
  changes: (Pick<LeaderChange, 'kind' | 'leader' | 'term' | 'reason'> & {
    at: number;
    seq: number;
    /** Seconds without a leader that this election ended; null for the others. */
    after: number | null;
  })[];
  /** Seconds without a leader within the window, and how many times it was lost. */
  leaderless: number;
  losses: number;
  /** Peers alive and in all as reported, with the moments that quorum was lost or found. */
  alive: ChartPoint[];
  total: ChartPoint[];
  quorum: { from: number; to: number; held: boolean; seq: number }[];
};

const SHOWN = 100;

/** Who led when, within a window; what is before the first report is not known. */
export function leadership(state: NodesState, since: number, until: number): Leadership {
  const { changes, reports } = state.cluster;
  const reigns = reignsOf(changes, since, until);
  const inside = reports.filter(({ t }) => t <= until);
  const start = Math.max(
    0,
    inside.findLastIndex(({ t }) => t <= since),
  );
  const shown = inside.slice(start).map((report) => ({ ...report, t: Math.max(report.t, since) }));
  const closing = (points: ChartPoint[]): ChartPoint[] => {
    const last = points.at(-1);
    return last === undefined ? [] : [...points, [until, last[1]]];
  };
  return {
    ...{ since, until, reigns },
    changes: listed(changes, since, until),
    leaderless: reigns.reduce((sum, { leader, from, to }) => sum + (leader === null ? to - from : 0), 0),
    losses: reigns.filter(({ leader, from }) => leader === null && from > since).length,
    alive: closing(shown.map(({ t, alive }) => [t, alive])),
    total: closing(shown.map(({ t, total }) => [t, total])),
    quorum: shown.map(({ t, s, quorum }, index) => {
      const to = shown[index + 1]?.t ?? until;
      return { from: t, to, held: quorum, seq: s };
    }),
  };
}

function reignsOf(changes: readonly LeaderChange[], since: number, until: number): Reign[] {
  const reigns: Reign[] = [];
  let term: number | null = null;
  for (const change of changes) {
    if (change.t > until) break;
    const leader = change.kind === 'elected' || change.kind === 'seen' ? change.leader : null;
    term = change.term ?? term;
    const last = reigns.at(-1);
    if (last !== undefined) last.to = change.t;
    // An election confirms the leader that the peers named a moment before, or the other way round.
    if (last !== undefined && last.leader === leader && change.kind !== 'elected') continue;
    reigns.push({ from: change.t, to: until, leader, term, seq: change.s });
  }
  const last = reigns.at(-1);
  if (last !== undefined) last.to = until;
  return reigns
    .filter(({ to }) => to > since)
    .map((reign) => ({ ...reign, from: Math.max(reign.from, since) }));
}

function listed(changes: readonly LeaderChange[], since: number, until: number): Leadership['changes'] {
  let lostAt: number | null = null;
  const all = changes
    .filter(({ t }) => t <= until)
    .map(({ kind, leader, term, reason, t, s }) => {
      const leads = kind === 'elected' || kind === 'seen';
      const after: number | null = leads && lostAt !== null ? t - lostAt : null;
      lostAt = leads ? null : (lostAt ?? t);
      return { kind, leader, term, reason, at: t, seq: s, after };
    });
  return all
    .filter(({ at }) => at >= since)
    .slice(-SHOWN)
    .reverse();
}
