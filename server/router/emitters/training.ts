import type { PublishResult } from '../types';
import type { EmitOptions, Publisher } from './emit';
import { configKey, emitData, emitStage } from './emit';

export interface TrainingStarted {
  readonly jobId: string;
  readonly boardType: string;
  readonly numPlayers: number;
  readonly modelVersion?: string;
  readonly nodeName?: string;
}

/** TRAINING_STARTED: a job has begun to run. */
export function emitTrainingStarted(
  publisher: Publisher,
  params: TrainingStarted,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { jobId, boardType, numPlayers, modelVersion = '', nodeName = '' } = params;
  const fields = {
    config_key: configKey(boardType, numPlayers),
    node_name: nodeName,
    job_id: jobId,
    board_type: boardType,
    num_players: numPlayers,
    model_version: modelVersion,
  };
  return emitStage(publisher, 'training_started', fields, options);
}

export interface TrainingComplete {
  readonly jobId: string;
  readonly boardType: string;
  readonly numPlayers: number;
  /** Default true; false reports TRAINING_FAILED instead. */
  readonly success?: boolean;
  /** Validation loss at the end. */
  readonly finalLoss?: number;
  readonly trainLoss?: number;
  readonly finalElo?: number;
  readonly modelId?: string;
  readonly modelPath?: string;
  readonly epochsCompleted?: number;
  /** Only where it failed. */
  readonly error?: string;
  readonly errorDetails?: string;
}

/** TRAINING_COMPLETED, or TRAINING_FAILED without success: a job has ended. `job_id` chains it to its start. */
export function emitTrainingComplete(
  publisher: Publisher,
  params: TrainingComplete,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { success = true } = params;
  const common = {
    config_key: configKey(params.boardType, params.numPlayers),
    job_id: params.jobId,
    success,
  };
  if (!success) {
    const fields = { ...common, error: params.error ?? '', error_details: params.errorDetails ?? '' };
    return emitStage(publisher, 'training_failed', fields, options);
  }
  const fields = {
    ...common,
    model_id: params.modelId,
    model_path: params.modelPath,
    val_loss: params.finalLoss,
    train_loss: params.trainLoss,
    final_elo: params.finalElo,
    epochs: params.epochsCompleted ?? 0,
  };
  return emitStage(publisher, 'training_complete', fields, options);
}

export interface TrainingFailed {
  readonly configKey: string;
  readonly error: string;
  readonly errorDetails?: string;
}

/** TRAINING_FAILED: a job has crashed or given up. */
export function emitTrainingFailed(
  publisher: Publisher,
  params: TrainingFailed,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { error, errorDetails = '' } = params;
  const fields = { config_key: params.configKey, error, error_details: errorDetails, success: false };
  return emitData(publisher, 'TRAINING_FAILED', fields, options);
}

export interface TrainingTriggered {
  readonly config: string;
  readonly jobId: string;
  /** E.g. `threshold`, `manual`, `scheduled`. */
  readonly triggerReason: string;
  /** Games at hand, and how many the trigger asks for. */
  readonly games: number;
  readonly threshold: number;
  /** E.g. `low`, `normal`, `high`. Default `normal`. */
  readonly priority?: string;
}

/** TRAINING_THRESHOLD_REACHED: it is decided that a job will run. */
export function emitTrainingTriggered(
  publisher: Publisher,
  params: TrainingTriggered,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { config, games, threshold, priority = 'normal' } = params;
  const fields = {
    config,
    job_id: params.jobId,
    trigger_reason: params.triggerReason,
    games,
    threshold,
    priority,
  };
  return emitData(publisher, 'TRAINING_THRESHOLD_REACHED', fields, options);
}

export interface TrainingRollbackNeeded {
  readonly modelId: string;
  readonly reason: string;
  /** Where to go back to, when that is known. */
  readonly checkpointPath?: string;
  /** `minor`, `moderate`, `severe` or `critical`. Default `moderate`. */
  readonly severity?: string;
}

/** TRAINING_ROLLBACK_NEEDED: a model is bad enough to be replaced by an earlier one. */
export function emitTrainingRollbackNeeded(
  publisher: Publisher,
  params: TrainingRollbackNeeded,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { modelId, reason, checkpointPath = '', severity = 'moderate' } = params;
  const fields = { model_id: modelId, reason, checkpoint_path: checkpointPath, severity };
  return emitData(publisher, 'TRAINING_ROLLBACK_NEEDED', fields, options);
}

export interface TrainingRollbackCompleted {
  /** The model that is in place again. */
  readonly modelId: string;
  readonly checkpointPath: string;
  /** The model that was replaced. */
  readonly rollbackFrom: string;
  readonly reason: string;
}

/** TRAINING_ROLLBACK_COMPLETED: the earlier model is in place again. */
export function emitTrainingRollbackCompleted(
  publisher: Publisher,
  params: TrainingRollbackCompleted,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { modelId, checkpointPath, rollbackFrom, reason } = params;
  const fields = { model_id: modelId, checkpoint_path: checkpointPath, rollback_from: rollbackFrom, reason };
  return emitData(publisher, 'TRAINING_ROLLBACK_COMPLETED', fields, options);
}
