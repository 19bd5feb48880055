import type { StoredEvent } from '../../events/envelope';
import type { Projection, Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { addPoint, bestPoint, effectivePoints, eloSeries, type EloSeries } from './series';
import { eloPointOf } from './events';

/** At most 500 configs with at most 4,000 points each; see `addPoint` for what happens beyond. */
const MAX_CONFIGS = 500;
const MAX_POINTS = 4_000;
const SPARK_POINTS = 60;

export type EloState = { configs: Map<string, EloSeries> };

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

function lastTime(series: EloSeries): number {
  return series.points.at(-1)?.t ?? -Infinity;
}

function foldElo(state: EloState, event: StoredEvent, touch: Touch): void {
  if (event.config === null) return;
  const point = eloPointOf(event);
  if (point === null) return;
  let series = state.configs.get(event.config);
  if (series === undefined) {
    series = eloSeries();
    state.configs.set(event.config, series);
  }
  addPoint(series, point, MAX_POINTS);
  evictLowest(state.configs, MAX_CONFIGS, lastTime, (config) => touch('elo.configs', config));
  touch('elo.configs', event.config);
}

export function eloEntity(state: EloState, config: string): EloEntity | undefined {
  const series = state.configs.get(config);
  if (series === undefined) return undefined;
  const points = effectivePoints(series.points);
  const current = points.at(-1);
  const best = bestPoint(series, points);
  return {
    config,
    current: current?.elo ?? null,
    current_at: current?.t ?? null,
    current_model: current?.model ?? null,
    best: best?.elo ?? null,
    best_model: best?.model ?? null,
    points: points.length,
    spark: points.slice(-SPARK_POINTS).map(({ t, elo }) => [t, elo]),
  };
}

/** The full series of a config, as far as it is kept. */
export function eloHistory(state: EloState, config: string): EloHistory | undefined {
  const series = state.configs.get(config);
  if (series === undefined) return undefined;
  const points = effectivePoints(series.points);
  const best = bestPoint(series, points);
  return {
    current: points.at(-1)?.elo ?? null,
    best: best?.elo ?? null,
    best_model: best?.model ?? null,
    series: points.map(({ t, elo, model, games }) => ({ t, elo, model_id: model, games })),
  };
}

/** Elo of every config over time. */
export const eloProjection: Projection<EloState> = {
  name: 'elo',
  version: 1,
  initial: () => ({ configs: new Map() }),
  fold: foldElo,
  topics: { 'elo.configs': { limit: 500, keys: (state) => state.configs.keys(), entity: eloEntity } },
};
