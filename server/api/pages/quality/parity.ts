import type { States } from '../../../../domain/projections';
import { thinOut } from '../downsample';
import { wants, within, type PageInput } from '../input';
import type { QualityLine } from './averages';

const MAX_SERIES = 8;
const MAX_ALL_POINTS = 800;

/** Parity rates over time: share of games on which both engines agree, 0..1. */
export type QualityParity = {
  series: (QualityLine & { games: (number | null)[] })[];
  /** Thresholds that PARITY_FAILURE_RATE_CHANGED stated, as the agreement they leave room for. */
  levels: number[];
  omitted: number;
};

/** Validations per config; of many with some in the stretch those with the lowest agreement. */
export function qualityParity(states: States, input: PageInput): QualityParity {
  const wanted = [...states.quality.parity].filter(
    ([config, { points }]) => wants(config, input) && points.some(({ t }) => within(t, input)),
  );
  const drawn = wanted
    .sort(([, a], [, b]) => a.agreed / Math.max(1, a.rated) - b.agreed / Math.max(1, b.rated))
    .slice(0, MAX_SERIES)
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  const limit = Math.floor(MAX_ALL_POINTS / Math.max(1, drawn.length));
  const series = drawn.map(([config, entry]) => {
    const all = entry.points.filter(({ t }) => within(t, input));
    const kept = thinOut(
      all,
      ({ t }) => t,
      ({ rate }) => rate,
      limit,
    );
    return {
      config,
      points: kept.map(({ t, rate }): [number, number] => [t, rate]),
      events: kept.map(({ id }) => id),
      games: kept.map(({ games }) => games),
    };
  });
  const thresholds = drawn.flatMap(([, { failure }]) => failure.v?.threshold ?? []);
  return {
    series,
    levels: [...new Set(thresholds.map((threshold) => 1 - threshold))],
    omitted: wanted.length - drawn.length,
  };
}
