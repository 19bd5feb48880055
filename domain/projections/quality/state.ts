import { register, type Register, type Stamp } from '../shared/order';
import type { FreshnessState } from './freshness';
import type { GamesState } from './games';
import type { Mark, MarkKind } from './marks';
import type { ParityState } from './parity';
import type { Score } from './scores';
import type { Tally } from './tallies';

/** The quality loop of one config. */
export type ConfigQuality = {
  /** Newest event of any kind. */
  at: number;
  /** In time order, as far as they are kept. */
  scores: Score[];
  marks: Mark[];
  /** The newest mark of each kind, also when it was thrown out of `marks`. */
  newest: Map<MarkKind, Mark>;
  threshold: Register<number | null>;
  /** When training went ahead last. */
  trained: Stamp;
  /** When the exploration strategy was set last, which ends a boost. */
  explored: Stamp;
  high: Register<{ id: string; count: number | null }>;
  degraded: number;
  blocked: number;
  checksFailed: number;
};

export type QualityState = {
  clock: number | null;
  configs: Map<string, ConfigQuality>;
  freshness: Map<string, FreshnessState>;
  parity: Map<string, ParityState>;
  /** Scores of single games per config; under the empty name those that name no config. */
  games: Map<string, GamesState>;
  tallies: Map<string, Tally>;
};

export function initialQuality(): QualityState {
  return {
    clock: null,
    configs: new Map(),
    freshness: new Map(),
    parity: new Map(),
    games: new Map(),
    tallies: new Map(),
  };
}

export function configQuality(): ConfigQuality {
  return {
    at: -Infinity,
    scores: [],
    marks: [],
    newest: new Map(),
    threshold: register<number | null>(null),
    trained: { t: -Infinity, s: -1 },
    explored: { t: -Infinity, s: -1 },
    high: register({ id: '', count: null }),
    degraded: 0,
    blocked: 0,
    checksFailed: 0,
  };
}
