import type { Json } from '../../json';
import { objectOf, objectOfKeys } from '../shared/rest';
import { episodesOf } from './episodes';
import { freshnessEntity } from './freshness';
import { GAME_CATEGORIES, gameHours, WEIGHT_BINS, WEIGHT_STEP } from './games';
import { parityEntity } from './parity';
import { averagesOf, qualityEntity } from './standing';
import type { QualityState } from './state';
import { tallyEntity } from './tallies';

/**
 * This projection's part of `GET /api/state/quality`. Qualities, rates of parity and shares are 0..1, times epoch seconds.
 * - `configs.<config>`: where it stands (`state`, `state_event`), `average` against `threshold`, `trend_per_hour`, `rate`
 *   (selfplay multiplier), `penalty`, `boost`, …; `series`: `[{t, avg_quality, event_id}]`; `episodes`: spells below the
 *   threshold with the steps that followed, oldest first, at most 200.
 * - `freshness.<config>`, `parity.<config>`: age of the data; results of parity validation.
 * - `games`: scores of single games over the last 30 days: `count`, `mean`, `categories.<category>`,
 *   `weights`: `[{from, to, count}]` (`to` null: open to the top).
 * - `tallies.<event type>`: events about data over the whole cluster, with the sum of what they count.
 */
export function selectQuality(state: QualityState): Record<string, Json> {
  return {
    configs: objectOfKeys(state.configs.keys(), (key) => configPart(state, key)),
    freshness: objectOfKeys(state.freshness.keys(), (key) => freshnessEntity(state, key)),
    parity: objectOfKeys(state.parity.keys(), (key) => parityEntity(state, key)),
    games: gamesPart(state),
    tallies: objectOfKeys(state.tallies.keys(), (key) => tallyEntity(state, key)),
  };
}

function configPart(state: QualityState, key: string): Json | undefined {
  const config = state.configs.get(key);
  const entity = qualityEntity(state, key);
  if (config === undefined || entity === undefined) return undefined;
  const series = averagesOf(state, key).map(({ t, q, id }) => ({ t, avg_quality: q, event_id: id }));
  return { ...entity, series, episodes: episodesOf(key, config) };
}

function gamesPart(state: QualityState): Json {
  const hours = gameHours(state, null, null, null).map(([, hour]) => hour);
  const sum = (of: (hour: (typeof hours)[number]) => number) =>
    hours.reduce((total, hour) => total + of(hour), 0);
  const scored = sum((hour) => hour.scored);
  return {
    count: sum((hour) => hour.games),
    mean: scored === 0 ? null : sum((hour) => hour.sum) / scored,
    categories: objectOf(
      GAME_CATEGORIES.map((name, index) => [name, sum(({ categories }) => categories[index] ?? 0)] as const),
    ),
    weights: Array.from({ length: WEIGHT_BINS }, (_, bin) => ({
      from: weightAt(bin),
      to: bin === WEIGHT_BINS - 1 ? null : weightAt(bin + 1),
      count: sum(({ weights }) => weights[bin] ?? 0),
    })),
  };
}

/** Lower edge of a bin, without what binary fractions add. */
export function weightAt(bin: number): number {
  return Math.round(bin * WEIGHT_STEP * 100) / 100;
}
