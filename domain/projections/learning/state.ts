import type { EventRef } from '../../realtime/entities';
import { register, type Register, type Stamp } from '../shared/order';

export const METHODS = ['cmaes', 'nas', 'pbt'] as const;
/** CMA-ES tunes hyperparameters, NAS searches architectures, PBT trains a population. */
export type Method = (typeof METHODS)[number];

/** A generation's best fitness, in the order of time. */
export type Generation = Stamp & { generation: number | null; fitness: number };

/** One run of an optimiser, by its `run_id`; without one, by its method and config. */
export type Search = {
  key: string;
  method: Method;
  run: string | null;
  config: string | null;
  /** Newest event of any kind. */
  at: number;
  startedAt: number | null;
  /** True once something else than the order to search was heard. */
  underway: boolean;
  end: Register<'completed' | 'failed' | null>;
  reason: Register<string | null>;
  parameters: Register<number | null>;
  planned: Register<number | null>;
  population: Register<number | null>;
  improvement: Register<number | null>;
  /** What it found: best parameters or architecture. */
  result: Register<string | null>;
  error: Register<string | null>;
  generation: number | null;
  best: number | null;
  generations: Generation[];
  first: EventRef;
  last: EventRef;
};

/** Counts over all history, which outlive the runs themselves. */
export type MethodCounts = { runs: number; completed: number; failed: number };

/** One parameter that got another value. Values are short texts; `from` is null where the event does not say. */
export type Change = Stamp & {
  id: string;
  config: string | null;
  parameter: string;
  from: string | null;
  to: string | null;
  /** Who set it: cmaes, nas, manual, adaptive … */
  by: string | null;
  reason: string | null;
};

export type WeightPoint = Stamp & { weight: number };

export type MilestoneKind = 'tier' | 'mastered' | 'exploration' | 'boost';
/** A step of the curriculum: a harder tier, an opponent that teaches nothing more, another way to explore. */
export type Milestone = Stamp & {
  id: string;
  kind: MilestoneKind;
  config: string | null;
  from: string | null;
  to: string | null;
  reason: string | null;
};

/** What the curriculum does with one config. Registers hold null until the first event of their kind. */
export type ConfigCurriculum = {
  at: number;
  weights: WeightPoint[];
  tier: Register<string | null>;
  exploration: Register<string | null>;
  boost: Register<{ factor: number | null; reason: string | null; until: number | null } | null>;
  rate: Register<number | null>;
  /** Opponents by kind: when each was mastered, and with which win rate (0..1). */
  mastered: Map<string, Register<number | null>>;
};

export type TypeCount = { count: number; last: EventRef };

export type LearningState = {
  clock: number | null;
  searches: Map<string, Search>;
  methods: Map<Method, MethodCounts>;
  changes: Change[];
  configs: Map<string, ConfigCurriculum>;
  milestones: Milestone[];
  types: Map<string, TypeCount>;
};

export function initialLearning(): LearningState {
  return {
    clock: null,
    searches: new Map(),
    methods: new Map(METHODS.map((method) => [method, { runs: 0, completed: 0, failed: 0 }])),
    changes: [],
    configs: new Map(),
    milestones: [],
    types: new Map(),
  };
}

export function newSearch(
  key: string,
  method: Method,
  run: string | null,
  at: number,
  first: EventRef,
): Search {
  return {
    key,
    method,
    run,
    config: null,
    at,
    startedAt: null,
    underway: false,
    end: register<'completed' | 'failed' | null>(null),
    reason: register<string | null>(null),
    parameters: register<number | null>(null),
    planned: register<number | null>(null),
    population: register<number | null>(null),
    improvement: register<number | null>(null),
    result: register<string | null>(null),
    error: register<string | null>(null),
    generation: null,
    best: null,
    generations: [],
    first,
    last: first,
  };
}

export function newCurriculum(at: number): ConfigCurriculum {
  return {
    at,
    weights: [],
    tier: register<string | null>(null),
    exploration: register<string | null>(null),
    boost: register<ConfigCurriculum['boost']['v']>(null),
    rate: register<number | null>(null),
    mastered: new Map(),
  };
}
