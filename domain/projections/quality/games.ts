import type { StoredEvent } from '../../events/envelope';
import { evictLowest } from '../shared/bounds';
import { nameField, numberField, shareField } from '../shared/fields';

/** The categories of the catalogue, best first; what a producer calls otherwise is counted as `other`. */
export const GAME_CATEGORIES = ['excellent', 'good', 'adequate', 'poor', 'unusable', 'other'] as const;
export type GameCategory = (typeof GAME_CATEGORIES)[number];

/** Training weights are counted in steps of 0.05; the last bin takes 2 and more. */
export const WEIGHT_STEP = 0.05;
export const WEIGHT_BINS = 41;

/** Hours kept per config (30 days), and configs that single games may name. */
const MAX_HOURS = 720;
const MAX_CONFIGS = 60;

/** Scores of single games within one hour of event time. */
export type GameHour = {
  /** Games with a score, and its sum. */
  scored: number;
  sum: number;
  categories: number[];
  weights: number[];
  decisive: number;
  /** Games in all: also those without a usable score. */
  games: number;
  /** The newest of them. */
  last: { t: number; s: number; id: string };
};

export type GamesState = { at: number; hours: Map<string, GameHour> };

type WithGames = { readonly games: Map<string, GamesState> };

/** True for a score of one game rather than of a config's games as a whole. */
export function isGameScore({ payload }: StoredEvent): boolean {
  return (
    payload['is_per_game'] === true || (payload['avg_quality'] === undefined && 'quality_score' in payload)
  );
}

/** Counts a game's score. A payload that names no config counts under the empty name. */
export function foldGame(state: WithGames, event: StoredEvent): void {
  if (!isGameScore(event)) return;
  const key = event.config ?? '';
  let games = state.games.get(key);
  if (games === undefined) {
    games = { at: event.timestamp, hours: new Map() };
    state.games.set(key, games);
    evictLowest(state.games, MAX_CONFIGS, ({ at }) => at);
  }
  games.at = Math.max(games.at, event.timestamp);
  count(hourFor(games, event), event);
  evictLowest(games.hours, MAX_HOURS, ({ last }) => last.t);
}

function hourFor({ hours }: GamesState, event: StoredEvent): GameHour {
  const key = String(Math.floor(event.timestamp / 3600));
  let hour = hours.get(key);
  if (hour === undefined) {
    hour = {
      scored: 0,
      sum: 0,
      categories: new Array<number>(GAME_CATEGORIES.length).fill(0),
      weights: new Array<number>(WEIGHT_BINS).fill(0),
      decisive: 0,
      games: 0,
      last: { t: -Infinity, s: -1, id: '' },
    };
    hours.set(key, hour);
  }
  return hour;
}

function count(hour: GameHour, event: StoredEvent): void {
  const score = shareField(event.payload, 'quality_score');
  hour.games += 1;
  if (score !== null) {
    hour.scored += 1;
    hour.sum += score;
  }
  if (event.payload['is_decisive'] === true) hour.decisive += 1;
  bump(hour.categories, categoryIndex(event));
  bump(hour.weights, weightIndex(event));
  const { last } = hour;
  if (event.timestamp > last.t || (event.timestamp === last.t && event.seq >= last.s))
    hour.last = { t: event.timestamp, s: event.seq, id: event.eventId };
}

function bump(counts: number[], index: number | null): void {
  if (index !== null) counts[index] = (counts[index] ?? 0) + 1;
}

function categoryIndex(event: StoredEvent): number | null {
  const name = nameField(event.payload, 'quality_category');
  if (name === null) return null;
  const index = (GAME_CATEGORIES as readonly string[]).indexOf(name);
  return index === -1 ? GAME_CATEGORIES.length - 1 : index;
}

/** A negative weight means nothing. The small addition undoes what binary fractions take: 0.15 / 0.05 is 2.9999999999999996. */
function weightIndex(event: StoredEvent): number | null {
  const weight = numberField(event.payload, 'training_weight');
  if (weight === null || weight < 0) return null;
  return Math.min(WEIGHT_BINS - 1, Math.floor(weight / WEIGHT_STEP + 1e-9));
}

/** The hours of the configs asked for (null: all) that overlap the stretch, oldest first; keys are hours since the epoch. */
export function gameHours(
  state: WithGames,
  configs: readonly string[] | null,
  since: number | null,
  until: number | null,
): [hour: number, GameHour][] {
  const found: [number, GameHour][] = [];
  for (const [config, { hours }] of state.games) {
    if (configs !== null && !configs.includes(config)) continue;
    for (const [key, hour] of hours) {
      const start = Number(key) * 3600;
      if ((since === null || start + 3600 > since) && (until === null || start <= until))
        found.push([Number(key), hour]);
    }
  }
  return found.sort(([a], [b]) => a - b);
}
