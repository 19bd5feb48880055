import { eloSeries, type EloSeries } from '../elo/series';
import { register, type Register } from '../shared/order';
import { championLine, type ChampionLine } from './champion';

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
  nodes: Register<string[]>;
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
  /** Models with a list of nodes, and when it was reported. */
  distributions: Map<string, number>;
};

export function initialModels(): ModelsState {
  return { configs: new Map(), models: new Map(), distributions: new Map() };
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
    nodes: register<string[]>([]),
  };
}
