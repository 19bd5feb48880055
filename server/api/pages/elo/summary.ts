import { mean } from 'simple-statistics';
import type { States } from '../../../../domain/projections';
import type { Mark, MarkKind } from '../../../../domain/projections/elo';
import { bestPoint } from '../../../../domain/projections/elo/series';
import { within } from '../input';
import type { EloInput } from './input';
import {
  defaultTarget,
  eloPerThousandGames,
  projectionOf,
  velocityAt,
  VELOCITY_HOURS,
  type Projection,
} from './pace';
import { finite } from './statistics/rating';
import { subjectNames, subjectOf, type Subject } from './subjects';

/** One config in the table of the Elo page. Counts are of the stretch asked for; ratings and pace are the newest. */
export type EloSummary = {
  config: string;
  current: number | null;
  current_at: number | null;
  current_id: string | null;
  current_model: string | null;
  best: number | null;
  best_id: string | null;
  champion: string | null;
  champion_elo: number | null;
  champion_id: string | null;
  /** Elo per hour over the 12 h before the last rating, and over the 12 h before those. */
  velocity: number | null;
  velocity_before: number | null;
  per_1000_games: number | null;
  ratings: number;
  promotions: number;
  rejections: number;
  rollbacks: number;
  regressions: number;
  plateaus: number;
  /** Mean of the gains that promotions told. */
  gain: number | null;
  target: number | null;
  /** Somebody set it; else it is the next hundred above the best. */
  target_set: boolean;
  projection: Projection;
};

const HOUR = 3_600;

export function eloSummaries(states: States, input: EloInput): EloSummary[] {
  return subjectNames(states, input).flatMap((name) => {
    const subject = subjectOf(states, name);
    return subject === null ? [] : summaryOf(subject, input);
  });
}

function summaryOf(subject: Subject, input: EloInput): EloSummary {
  const { config, elo, points, champions } = subject;
  const current = points.at(-1);
  const best = bestPoint(elo.series, points);
  const champion = champions.at(-1);
  const velocity = current === undefined ? null : velocityAt(points, current.t);
  const marks = elo.marks.filter(({ t }) => within(t, input));
  return {
    config,
    current: current?.elo ?? null,
    current_at: current?.t ?? null,
    current_id: current?.id ?? null,
    current_model: current?.model ?? null,
    best: best?.elo ?? null,
    best_id: best?.id ?? null,
    champion: champion?.model ?? null,
    champion_elo: champion?.elo ?? null,
    champion_id: champion?.id ?? null,
    velocity,
    velocity_before: current === undefined ? null : velocityAt(points, current.t - VELOCITY_HOURS * HOUR),
    per_1000_games: current === undefined ? null : eloPerThousandGames(elo, velocity, current.t),
    ratings: points.filter(({ t }) => within(t, input)).length,
    promotions: count(marks, 'promoted'),
    rejections: count(marks, 'rejected'),
    rollbacks: count(marks, 'rolled_back'),
    regressions: count(marks, 'regression'),
    plateaus: count(marks, 'plateau'),
    gain: gainOf(marks),
    ...targetOf(subject, best?.elo ?? null, input),
  };
}

function count(marks: readonly Mark[], kind: MarkKind): number {
  return marks.filter((mark) => mark.kind === kind).length;
}

function gainOf(marks: readonly Mark[]): number | null {
  const gains = marks.flatMap(({ kind, amount }) => (kind === 'promoted' && amount !== null ? amount : []));
  return gains.length === 0 ? null : finite(mean(gains));
}

function targetOf(
  { config, points }: Subject,
  best: number | null,
  { targets }: EloInput,
): Pick<EloSummary, 'target' | 'target_set' | 'projection'> {
  const set = targets.find(([name]) => name === config)?.[1];
  const target = set ?? (best === null ? null : finite(defaultTarget(best)));
  const projection: Projection = target === null ? { kind: 'unknown' } : projectionOf(points, target);
  return { target, target_set: set !== undefined, projection };
}
