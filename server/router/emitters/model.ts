import type { Json, JsonObject } from '../../../domain/json';
import type { PublishResult } from '../types';
import type { EmitOptions, Publisher } from './emit';
import { emitData, emitStage } from './emit';

export interface EvaluationComplete {
  readonly modelId: string;
  readonly boardType: string;
  readonly numPlayers: number;
  readonly success?: boolean;
  /** 0 to 1. */
  readonly winRate?: number;
  readonly elo?: number;
  /** Change against the rating before. */
  readonly eloDelta?: number;
  readonly gamesPlayed?: number;
  readonly opponents?: readonly string[];
}

/** EVALUATION_COMPLETED: a model has been measured. Without success the payload says so. */
export function emitEvaluationComplete(
  publisher: Publisher,
  params: EvaluationComplete,
  options?: EmitOptions,
): Promise<PublishResult> {
  const fields = {
    model_id: params.modelId,
    board_type: params.boardType,
    num_players: params.numPlayers,
    // Success is what the event's name says; only the exception needs a word.
    success: params.success === false ? false : undefined,
    elo: params.elo,
    win_rate: params.winRate,
    games_played: params.gamesPlayed ?? 0,
    elo_delta: params.eloDelta,
    opponents: params.opponents ?? [],
  };
  return emitStage(publisher, 'evaluation_complete', fields, options);
}

export interface PromotionComplete {
  readonly modelId: string;
  readonly boardType: string;
  readonly numPlayers: number;
  /** `production` (the default) or `champion`. */
  readonly promotionType?: string;
  readonly eloImprovement?: number;
  readonly modelPath?: string;
  readonly success?: boolean;
  readonly iteration?: number;
}

/** PROMOTION_COMPLETE, the stage's own report of an ended promotion. */
export function emitPromotionComplete(
  publisher: Publisher,
  params: PromotionComplete,
  options?: EmitOptions,
): Promise<PublishResult> {
  const fields = {
    model_id: params.modelId,
    board_type: params.boardType,
    num_players: params.numPlayers,
    promotion_type: params.promotionType ?? 'production',
    elo_improvement: params.eloImprovement,
    model_path: params.modelPath,
    success: params.success ?? true,
    iteration: params.iteration ?? 0,
  };
  return emitStage(publisher, 'promotion_complete', fields, options);
}

export interface ModelPromoted {
  readonly modelId: string;
  /** `production` (the default) or `champion`. */
  readonly tier?: string;
  readonly elo: number;
  /** Default: the tier. */
  readonly promotionType?: string;
  readonly eloImprovement?: number;
  readonly modelPath?: string;
}

/** MODEL_PROMOTED: a model is the one in use from now on. */
export function emitModelPromoted(
  publisher: Publisher,
  params: ModelPromoted,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { tier = 'production' } = params;
  const fields = {
    model_id: params.modelId,
    tier,
    elo: params.elo,
    promotion_type: params.promotionType ?? tier,
    elo_improvement: params.eloImprovement,
    model_path: params.modelPath,
  };
  return emitData(publisher, 'MODEL_PROMOTED', fields, options);
}

export interface ModelCorrupted {
  readonly modelId: string;
  readonly modelPath: string;
  /** E.g. `checksum`, `format`, `missing`. */
  readonly corruptionType: string;
}

/** MODEL_CORRUPTED: a model file cannot be trusted. */
export function emitModelCorrupted(
  publisher: Publisher,
  params: ModelCorrupted,
  options?: EmitOptions,
): Promise<PublishResult> {
  const fields = {
    model_id: params.modelId,
    model_path: params.modelPath,
    corruption_type: params.corruptionType,
  };
  return emitData(publisher, 'MODEL_CORRUPTED', fields, options);
}

export interface RegressionDetected {
  readonly metricName: string;
  readonly currentValue: number;
  readonly previousValue: number;
  /** `minor` (the default), `moderate`, `severe` or `critical`. */
  readonly severity?: string;
}

/** REGRESSION_DETECTED: a metric is worse than it was; the amount follows from the values. */
export function emitRegressionDetected(
  publisher: Publisher,
  params: RegressionDetected,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { metricName, currentValue, previousValue, severity = 'minor' } = params;
  const fields = {
    metric_name: metricName,
    current_value: currentValue,
    previous_value: previousValue,
    severity,
    regression_amount: previousValue - currentValue,
  };
  return emitData(publisher, 'REGRESSION_DETECTED', fields, options);
}

export interface PlateauDetected {
  readonly metricName: string;
  readonly currentValue: number;
  readonly bestValue: number;
  readonly epochsSinceImprovement: number;
  /** `loss`, `elo` or `metric` (the default). */
  readonly plateauType?: string;
}

/** PLATEAU_DETECTED: a metric has stopped getting better. */
export function emitPlateauDetected(
  publisher: Publisher,
  params: PlateauDetected,
  options?: EmitOptions,
): Promise<PublishResult> {
  const fields = {
    metric_name: params.metricName,
    plateau_type: params.plateauType ?? 'metric',
    current_value: params.currentValue,
    best_value: params.bestValue,
    epochs_since_improvement: params.epochsSinceImprovement,
  };
  return emitData(publisher, 'PLATEAU_DETECTED', fields, options);
}

export interface OptimizationTriggered {
  readonly optimizationType: 'cmaes' | 'nas';
  readonly runId: string;
  readonly reason: string;
  readonly parametersSearched?: number;
  readonly searchSpace?: JsonObject;
  readonly generations?: number;
  readonly populationSize?: number;
}

/** CMAES_TRIGGERED or NAS_TRIGGERED: a search for better parameters, or a better architecture, begins. */
export function emitOptimizationTriggered(
  publisher: Publisher,
  params: OptimizationTriggered,
  options?: EmitOptions,
): Promise<PublishResult> {
  const fields = {
    run_id: params.runId,
    reason: params.reason,
    parameters_searched: params.parametersSearched ?? 0,
    search_space: params.searchSpace ?? {},
    generations: params.generations ?? 0,
    population_size: params.populationSize ?? 0,
  };
  const type = params.optimizationType === 'cmaes' ? 'CMAES_TRIGGERED' : 'NAS_TRIGGERED';
  return emitData(publisher, type, fields, options);
}

export interface HyperparameterUpdated {
  readonly config: string;
  readonly paramName: string;
  readonly oldValue: Json;
  readonly newValue: Json;
  /** E.g. `cmaes`, `nas`, `manual` (the default), `adaptive`. */
  readonly optimizer?: string;
}

/** HYPERPARAMETER_UPDATED: training goes on with another value. */
export function emitHyperparameterUpdated(
  publisher: Publisher,
  params: HyperparameterUpdated,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { config, paramName, oldValue, newValue, optimizer = 'manual' } = params;
  const fields = { config, param_name: paramName, old_value: oldValue, new_value: newValue, optimizer };
  return emitData(publisher, 'HYPERPARAMETER_UPDATED', fields, options);
}

export interface CurriculumRebalanced {
  readonly config: string;
  /** Configuration to weight. */
  readonly oldWeights: Readonly<Record<string, number>>;
  readonly newWeights: Readonly<Record<string, number>>;
  readonly reason: string;
  /** `automatic` (the default), `manual` or `elo_change`. */
  readonly trigger?: string;
}

/** CURRICULUM_REBALANCED: configurations get other shares of the work. */
export function emitCurriculumRebalanced(
  publisher: Publisher,
  params: CurriculumRebalanced,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { config, oldWeights, newWeights, reason, trigger = 'automatic' } = params;
  const fields = { config, old_weights: oldWeights, new_weights: newWeights, reason, trigger };
  return emitData(publisher, 'CURRICULUM_REBALANCED', fields, options);
}

export interface CacheInvalidated {
  readonly invalidationType: 'model' | 'node';
  /** Id of that model or node. */
  readonly targetId: string;
  /** Entries dropped. */
  readonly count: number;
  readonly affectedNodes?: readonly string[];
  readonly affectedModels?: readonly string[];
}

/** CACHE_INVALIDATED: cached models have been dropped. */
export function emitCacheInvalidated(
  publisher: Publisher,
  params: CacheInvalidated,
  options?: EmitOptions,
): Promise<PublishResult> {
  const fields = {
    invalidation_type: params.invalidationType,
    target_id: params.targetId,
    count: params.count,
    affected_nodes: params.affectedNodes ?? [],
    affected_models: params.affectedModels ?? [],
  };
  return emitData(publisher, 'CACHE_INVALIDATED', fields, options);
}
