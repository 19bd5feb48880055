import type { EventRef } from '../../realtime/entities';
import { isSet, type Register } from '../shared/order';
import { SILENT_AFTER_S } from '../shared/silence';
import { METHODS, type LearningState, type Method, type Search } from './state';

/** What topics of optimisation and curriculum hold. Times are epoch seconds of event time, rates and win rates 0..1. */

export type SearchStatus = 'triggered' | 'running' | 'completed' | 'failed' | 'silent';

/** Topic `learning.searches` (key: method and run). */
export type SearchEntity = {
  key: string;
  method: Method;
  run_id: string | null;
  config: string | null;
  /** `silent`: neither ended nor heard of for six hours. */
  status: SearchStatus;
  started_at: number | null;
  updated_at: number;
  ended_at: number | null;
  reason: string | null;
  parameters_searched: number | null;
  population_size: number | null;
  generation: number | null;
  generations: number | null;
  best_fitness: number | null;
  /** Best fitness of each of the last 60 generations, oldest first. */
  fitness: number[];
  improvement: number | null;
  result: string | null;
  error: string | null;
  first: EventRef;
  last: EventRef;
};

/** Topic `learning.methods` (key: cmaes, nas, pbt). Counts since history began. */
export type MethodEntity = {
  method: Method;
  runs: number;
  completed: number;
  failed: number;
  /** Neither ended nor silent. */
  open: number;
};

/** Topic `learning.configs` (key: config). */
export type CurriculumEntity = {
  config: string;
  weight: number | null;
  weight_at: number | null;
  weight_seq: number | null;
  /** The last 60 weights, oldest first. */
  weights: number[];
  tier: string | null;
  tier_at: number | null;
  exploration: string | null;
  exploration_at: number | null;
  boost: { factor: number | null; reason: string | null; at: number; until: number | null } | null;
  selfplay_rate: number | null;
  mastered: { opponent: string; win_rate: number | null; at: number }[];
};

/** Topic `learning.types` (key: event type). */
export type LearningTypeEntity = { event_type: string; count: number; last: EventRef };

const SPARK_POINTS = 60;

/** Null until the register was written. */
function timeOf(field: Register<unknown>): number | null {
  return isSet(field) ? field.t : null;
}

function statusOf(search: Search, clock: number | null): SearchStatus {
  if (search.end.v !== null) return search.end.v;
  if (clock !== null && clock - search.at > SILENT_AFTER_S) return 'silent';
  return search.underway ? 'running' : 'triggered';
}

export function searchEntity(state: LearningState, key: string): SearchEntity | undefined {
  const search = state.searches.get(key);
  if (search === undefined) return undefined;
  return {
    key,
    method: search.method,
    run_id: search.run,
    config: search.config,
    status: statusOf(search, state.clock),
    started_at: search.startedAt,
    updated_at: search.at,
    ended_at: timeOf(search.end),
    reason: search.reason.v,
    parameters_searched: search.parameters.v,
    population_size: search.population.v,
    generation: search.generation,
    generations: search.planned.v,
    best_fitness: search.best,
    fitness: search.generations.map(({ fitness }) => fitness),
    improvement: search.improvement.v,
    result: search.result.v,
    error: search.error.v,
    first: search.first,
    last: search.last,
  };
}

export function methodEntity(state: LearningState, key: string): MethodEntity | undefined {
  const method = METHODS.find((each) => each === key);
  const counts = method && state.methods.get(method);
  if (method === undefined || counts === undefined) return undefined;
  let open = 0;
  for (const search of state.searches.values()) {
    const status = search.method === method ? statusOf(search, state.clock) : null;
    if (status === 'triggered' || status === 'running') open += 1;
  }
  return { method, ...counts, open };
}

export function curriculumEntity(state: LearningState, config: string): CurriculumEntity | undefined {
  const entry = state.configs.get(config);
  if (entry === undefined) return undefined;
  const weight = entry.weights.at(-1);
  const { boost } = entry;
  return {
    config,
    weight: weight?.weight ?? null,
    weight_at: weight?.t ?? null,
    weight_seq: weight?.s ?? null,
    weights: entry.weights.slice(-SPARK_POINTS).map((point) => point.weight),
    tier: entry.tier.v,
    tier_at: timeOf(entry.tier),
    exploration: entry.exploration.v,
    exploration_at: timeOf(entry.exploration),
    boost: boost.v && { ...boost.v, at: boost.t },
    selfplay_rate: entry.rate.v,
    mastered: [...entry.mastered]
      .map(([opponent, { t, v }]) => ({ opponent, win_rate: v, at: t }))
      .sort((a, b) => a.at - b.at),
  };
}

export function learningTypeEntity(state: LearningState, type: string): LearningTypeEntity | undefined {
  const found = state.types.get(type);
  return found && { event_type: type, count: found.count, last: found.last };
}
