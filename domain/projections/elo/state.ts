import type { Stamp } from '../shared/order';
import { eloSeries, type EloSeries } from './series';

/** What an evaluation measured. Figures as the payload has them; null where it is silent or says what cannot be. */
export type Evaluation = Stamp & {
  id: string;
  model: string | null;
  elo: number | null;
  /** Change against the rating that it was measured from. */
  delta: number | null;
  /** Score 0..1: draws, where there are any, count half. */
  winRate: number | null;
  games: number | null;
  wins: number | null;
  losses: number | null;
  draws: number | null;
  /** The last of the opponents that is a model of a config; the others are fixed players. */
  opponent: string | null;
};

export const MARK_KINDS = ['promoted', 'rejected', 'rolled_back', 'regression', 'plateau'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** Something that a reader of the curve has to know. */
export type Mark = Stamp & {
  id: string;
  kind: MarkKind;
  model: string | null;
  elo: number | null;
  /** Elo gained (promoted), demanded (rejected), lost (regression), below the best (plateau). */
  amount: number | null;
  /** Reason, severity, or the model that a rollback leads to. */
  note: string | null;
};

/** A training that completed. */
export type TrainingRun = Stamp & { model: string | null; epochs: number };

/** The cluster's own word on how fast a config learns, Elo per hour. */
export type ReportedVelocity = Stamp & { id: string; velocity: number };

export type ConfigElo = {
  /** Newest event of any kind. */
  at: number;
  series: EloSeries;
  evaluations: Evaluation[];
  marks: Mark[];
  velocities: ReportedVelocity[];
  runs: TrainingRun[];
  /** Epochs of runs that are no longer listed, and the newest of them. */
  epochsBefore: number;
  settled: Stamp;
  /** Games of selfplay by the hour they came in (epoch hours). */
  games: Map<number, number>;
};

export type EloState = { configs: Map<string, ConfigElo> };

export const MAX_EVALUATIONS = 1_000;
export const MAX_MARKS = 1_000;
export const MAX_VELOCITIES = 500;
export const MAX_RUNS = 2_000;
/** A hundred days. */
export const MAX_HOURS = 2_400;

export function configElo(): ConfigElo {
  return {
    at: -Infinity,
    series: eloSeries(),
    evaluations: [],
    marks: [],
    velocities: [],
    runs: [],
    epochsBefore: 0,
    settled: { t: -Infinity, s: -1 },
    games: new Map(),
  };
}

/** Adds games to their hour; the oldest hours go beyond the limit, a tenth at once. */
export function addGames(games: Map<number, number>, hour: number, count: number): void {
  games.set(hour, (games.get(hour) ?? 0) + count);
  if (games.size <= MAX_HOURS) return;
  const hours = [...games.keys()].sort((a, b) => a - b);
  for (const oldest of hours.slice(0, games.size - MAX_HOURS * 0.9)) games.delete(oldest);
}
