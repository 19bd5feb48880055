import { bestPoint, effectivePoints } from './series';
import type { ConfigElo, EloState } from './state';

const SPARK_POINTS = 60;

/** Topic `elo.configs` (key: config). Times are epoch seconds of event time. */
export type EloEntity = {
  config: string;
  current: number | null;
  current_at: number | null;
  current_model: string | null;
  best: number | null;
  best_model: string | null;
  /** Length of the series that `GET /api/state/elo` answers. */
  points: number;
  /** How much there is of what charts show beside the series: they are asked anew when one of these changes. */
  evaluations: number;
  marks: number;
  runs: number;
  velocities: number;
  /** The last 60 points, oldest first: [timestamp, elo]. */
  spark: [number, number][];
};

/** One config in `GET /api/state/elo`. */
export type EloHistory = {
  current: number | null;
  best: number | null;
  best_model: string | null;
  series: { t: number; elo: number; model_id: string | null; games: number | null }[];
};

/** Games alone do not make a config one that plays for Elo. */
export function isRated({ series, evaluations, marks }: ConfigElo): boolean {
  return series.points.length + evaluations.length + marks.length > 0;
}

export function eloEntity(state: EloState, key: string): EloEntity | undefined {
  const config = state.configs.get(key);
  if (config === undefined || !isRated(config)) return undefined;
  const points = effectivePoints(config.series.points);
  const current = points.at(-1);
  const best = bestPoint(config.series, points);
  return {
    config: key,
    current: current?.elo ?? null,
    current_at: current?.t ?? null,
    current_model: current?.model ?? null,
    best: best?.elo ?? null,
    best_model: best?.model ?? null,
    points: points.length,
    evaluations: config.evaluations.length,
    marks: config.marks.length,
    runs: config.runs.length,
    velocities: config.velocities.length,
    spark: points.slice(-SPARK_POINTS).map(({ t, elo }) => [t, elo]),
  };
}

/** The full series of a config, as far as it is kept; undefined for one that was never rated. */
export function eloHistory(state: EloState, key: string): EloHistory | undefined {
  const config = state.configs.get(key);
  if (config === undefined || config.series.points.length === 0) return undefined;
  const points = effectivePoints(config.series.points);
  const best = bestPoint(config.series, points);
  return {
    current: points.at(-1)?.elo ?? null,
    best: best?.elo ?? null,
    best_model: best?.model ?? null,
    series: points.map(({ t, elo, model, games }) => ({ t, elo, model_id: model, games })),
  };
}
