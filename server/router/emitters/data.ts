import type { PublishResult } from '../types';
import type { EmitOptions, Publisher } from './emit';
import { configKey, emitData, emitStage } from './emit';

/** How games were made; each has a stage event of its own. */
const SELFPLAY_STAGES = {
  standard: 'selfplay_complete',
  gpu_accelerated: 'gpu_selfplay_complete',
  canonical: 'canonical_selfplay_complete',
} as const;

export type SelfplayType = keyof typeof SELFPLAY_STAGES;

export interface SelfplayComplete {
  readonly taskId: string;
  readonly boardType: string;
  readonly numPlayers: number;
  readonly gamesGenerated: number;
  readonly success?: boolean;
  readonly nodeId?: string;
  readonly durationSeconds?: number;
  /** Default `standard`. */
  readonly selfplayType?: SelfplayType;
  readonly iteration?: number;
  /** Only where it failed. */
  readonly error?: string;
}

/** SELFPLAY_COMPLETE: a batch of games has been played. */
export function emitSelfplayComplete(
  publisher: Publisher,
  params: SelfplayComplete,
  options?: EmitOptions,
): Promise<PublishResult> {
  const { success = true, selfplayType = 'standard' } = params;
  const fields = {
    task_id: params.taskId,
    board_type: params.boardType,
    num_players: params.numPlayers,
    games_generated: params.gamesGenerated,
    success,
    node_id: params.nodeId ?? '',
    duration_seconds: params.durationSeconds ?? 0,
    selfplay_type: selfplayType,
    iteration: params.iteration ?? 0,
    error: success ? null : (params.error ?? null),
  };
  return emitStage(publisher, SELFPLAY_STAGES[selfplayType], fields, options);
}

export interface NewGames {
  readonly host: string;
  readonly newGames: number;
  readonly totalGames: number;
}

/** NEW_GAMES_AVAILABLE: a host has games that training has not seen. */
export function emitNewGames(
  publisher: Publisher,
  params: NewGames,
  options?: EmitOptions,
): Promise<PublishResult> {
  const fields = { host: params.host, new_games: params.newGames, total_games: params.totalGames };
  return emitData(publisher, 'NEW_GAMES_AVAILABLE', fields, options);
}

export interface SyncComplete {
  /** E.g. `data`, `model`, `elo`, `registry`. */
  readonly syncType: string;
  readonly itemsSynced: number;
  readonly success?: boolean;
  readonly durationSeconds?: number;
  /** The node that data came from. */
  readonly source?: string;
  readonly iteration?: number;
  readonly components?: readonly string[];
  /** What went wrong without stopping the sync. */
  readonly errors?: readonly string[];
}

/** SYNC_COMPLETE, the stage's own report of an ended sync. */
export function emitSyncComplete(
  publisher: Publisher,
  params: SyncComplete,
  options?: EmitOptions,
): Promise<PublishResult> {
  return emitStage(publisher, 'sync_complete', syncFields(params), options);
}

/** DATA_SYNC_COMPLETED: data has reached the other nodes. */
export function emitSyncCompleted(
  publisher: Publisher,
  params: SyncComplete,
  options?: EmitOptions,
): Promise<PublishResult> {
  return emitData(publisher, 'DATA_SYNC_COMPLETED', syncFields(params), options);
}

function syncFields(params: SyncComplete) {
  return {
    sync_type: params.syncType,
    items_synced: params.itemsSynced,
    success: params.success ?? true,
    duration_seconds: params.durationSeconds ?? 0,
    source: params.source ?? '',
    iteration: params.iteration ?? 0,
    components: params.components ?? [],
    errors: params.errors ?? [],
  };
}

export interface NpzExportComplete {
  readonly boardType: string;
  readonly numPlayers: number;
  readonly samplesExported: number;
  readonly gamesExported: number;
  readonly outputPath: string;
  readonly success?: boolean;
  readonly durationSeconds?: number;
}

/** NPZ_EXPORT_COMPLETE: training data is on disk. */
export function emitNpzExportComplete(
  publisher: Publisher,
  params: NpzExportComplete,
  options?: EmitOptions,
): Promise<PublishResult> {
  const fields = {
    config_key: configKey(params.boardType, params.numPlayers),
    board_type: params.boardType,
    num_players: params.numPlayers,
    samples_exported: params.samplesExported,
    games_exported: params.gamesExported,
    output_path: params.outputPath,
    success: params.success ?? true,
    duration_seconds: params.durationSeconds ?? 0,
  };
  return emitStage(publisher, 'npz_export_complete', fields, options);
}

export interface QualityUpdated {
  readonly boardType: string;
  readonly numPlayers: number;
  /** 0 to 1. */
  readonly avgQuality: number;
  readonly totalGames: number;
  readonly highQualityGames: number;
}

/** QUALITY_SCORE_UPDATED, over all games of a configuration. */
export function emitQualityUpdated(
  publisher: Publisher,
  params: QualityUpdated,
  options?: EmitOptions,
): Promise<PublishResult> {
  const fields = {
    board_type: params.boardType,
    num_players: params.numPlayers,
    avg_quality: params.avgQuality,
    total_games: params.totalGames,
    high_quality_games: params.highQualityGames,
  };
  return emitData(publisher, 'QUALITY_SCORE_UPDATED', fields, options);
}

export interface GameQualityScore {
  readonly gameId: string;
  /** 0 to 1. */
  readonly qualityScore: number;
  /** E.g. `excellent`, `good`, `adequate`, `poor`, `unusable`. */
  readonly qualityCategory: string;
  readonly trainingWeight: number;
  /** Moves played. */
  readonly gameLength?: number;
  readonly isDecisive?: boolean;
  /** The scorer. */
  readonly source?: string;
}

/** QUALITY_SCORE_UPDATED, of a single game. */
export function emitGameQualityScore(
  publisher: Publisher,
  params: GameQualityScore,
  options?: EmitOptions,
): Promise<PublishResult> {
  const fields = {
    game_id: params.gameId,
    quality_score: params.qualityScore,
    quality_category: params.qualityCategory,
    training_weight: params.trainingWeight,
    game_length: params.gameLength ?? 0,
    is_decisive: params.isDecisive ?? true,
    is_per_game: true,
    source: params.source ?? '',
  };
  return emitData(publisher, 'QUALITY_SCORE_UPDATED', fields, options);
}
