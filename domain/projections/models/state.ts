import { eloSeries, type EloSeries } from '../elo/series';
import { register, type Register } from '../shared/order';
import { championLine, type ChampionLine } from './champion';
import type { Hold } from './hold';

/** What a model went through; each fact remembers its newest event. */
export const FACTS = [
  'trained',
  'evaluating',
  'evaluated',
  'candidate',
  'promoted',
  'rejected',
  'rolled_back',
  'corrupted',
] as const;
export type Fact = (typeof FACTS)[number];

/**
 * What a node last did with a model: got it with a distribution, got it from a peer, was told that its cached copy is
 * void, or reported a broken file.
 */
export type HolderState = 'distributed' | 'synced' | 'invalidated' | 'corrupted';
type Holders = Map<string, Register<HolderState>>;

export type ModelState = {
  config: string | null;
  /** Newest event of any kind. */
  at: number;
  facts: Map<Fact, Register<true>>;
  eloUpdated: Register<number | null>;
  eloEvaluated: Register<number | null>;
  winRate: Register<number | null>;
  games: Register<number | null>;
  valLoss: Register<number | null>;
  trainLoss: Register<number | null>;
  /** The training job that made it. */
  job: Register<string | null>;
  /** Why it was rejected, rolled back or found corrupted last, in the producer's words. */
  reason: Register<string | null>;
  /** The newest word that its file is whole: a distribution or a completed recovery ends a corruption. */
  intact: Register<true>;
  /** Set by a rollback, lifted by an operator. */
  hold: Register<Hold | null>;
  /** What each node last did with it. */
  holders: Holders;
  /** True when `holders` was given up for want of room. */
  holdersForgotten: boolean;
};

export type ConfigState = {
  /** Newest event of any kind. */
  at: number;
  champions: ChampionLine;
  elo: EloSeries;
  promotions: number;
  rejections: number;
  rollbacks: number;
};

export type ModelsState = {
  configs: Map<string, ConfigState>;
  models: Map<string, ModelState>;
  /** Models with a list of holders, and when the newest event about it was. */
  holding: Map<string, number>;
  /** Entries in all those lists. */
  holders: number;
};

export function initialModels(): ModelsState {
  return { configs: new Map(), models: new Map(), holding: new Map(), holders: 0 };
}

export function configState(): ConfigState {
  return {
    at: -Infinity,
    champions: championLine(),
    elo: eloSeries(),
    promotions: 0,
    rejections: 0,
    rollbacks: 0,
  };
}

export function modelState(): ModelState {
  return {
    config: null,
    at: -Infinity,
    facts: new Map(),
    eloUpdated: register<number | null>(null),
    eloEvaluated: register<number | null>(null),
    winRate: register<number | null>(null),
    games: register<number | null>(null),
    valLoss: register<number | null>(null),
    trainLoss: register<number | null>(null),
    job: register<string | null>(null),
    reason: register<string | null>(null),
    intact: register<true>(true),
    hold: register<Hold | null>(null),
    holders: new Map(),
    holdersForgotten: false,
  };
}
