import type { States } from '../../../../domain/projections';
import {
  GAME_CATEGORIES,
  gameHours,
  WEIGHT_BINS,
  type GameCategory,
} from '../../../../domain/projections/quality/games';
import { weightAt } from '../../../../domain/projections/quality/rest';
import type { PageInput } from '../input';

/** How scores of single games spread. */
export type QualityGames = {
  games: number;
  /** Of those with a score: how many, and their mean, 0..1. */
  scored: number;
  mean: number | null;
  decisive: number;
  /** Best first. */
  categories: { name: GameCategory; count: number }[];
  /** Training weights in steps of 0.05; `to` null: open to the top. */
  weights: { from: number; to: number | null; count: number }[];
  /** The whole hours that are counted, as epoch seconds; null without games. */
  from: number | null;
  to: number | null;
  /** Games in that stretch that name no config, while configs were asked for: they are not counted here. */
  unnamed: number;
};

/** Distribution over the hours that overlap the stretch asked for. */
export function qualityGames(states: States, input: PageInput): QualityGames {
  const configs = input.configs.length === 0 ? null : input.configs;
  const found = gameHours(states.quality, configs, input.since, input.until);
  const hours = found.map(([, hour]) => hour);
  const total = (of: (hour: (typeof hours)[number]) => number): number =>
    hours.reduce((sum, hour) => sum + of(hour), 0);
  const scored = total((hour) => hour.scored);
  const [first, last] = [found[0], found.at(-1)];
  return {
    games: total((hour) => hour.games),
    scored,
    mean: scored === 0 ? null : total((hour) => hour.sum) / scored,
    decisive: total((hour) => hour.decisive),
    categories: GAME_CATEGORIES.map((name, index) => ({
      name,
      count: total((hour) => hour.categories[index] ?? 0),
    })),
    weights: Array.from({ length: WEIGHT_BINS }, (_, bin) => ({
      from: weightAt(bin),
      to: bin === WEIGHT_BINS - 1 ? null : weightAt(bin + 1),
      count: total((hour) => hour.weights[bin] ?? 0),
    })),
    from: first === undefined ? null : first[0] * 3600,
    to: last === undefined ? null : (last[0] + 1) * 3600,
    unnamed: configs === null ? 0 : unnamedGames(states, input),
  };
}

function unnamedGames(states: States, { since, until }: PageInput): number {
  return gameHours(states.quality, [''], since, until).reduce((sum, [, hour]) => sum + hour.games, 0);
}
