/**
 * Names that the cluster uses for the same thing. Facts of its code: the keys and values are what travels on its buses.
 * All maps between buses are by wire value, in lower case, except that cross-process names are upper case.
 */

/** Names from earlier versions of the cluster's code to the canonical name. */
export const LEGACY_TO_CANONICAL = {
  canonical_selfplay_complete: 'SELFPLAY_COMPLETE',
  cluster_sync_complete: 'DATA_SYNC_COMPLETED',
  cluster_sync_completed: 'DATA_SYNC_COMPLETED',
  cmaes_complete: 'CMAES_COMPLETED',
  data_sync_complete: 'DATA_SYNC_COMPLETED',
  evaluation_complete: 'EVALUATION_COMPLETED',
  evaluation_fail: 'EVALUATION_FAILED',
  evaluation_start: 'EVALUATION_STARTED',
  export_complete: 'NPZ_EXPORT_COMPLETE',
  gpu_selfplay_complete: 'SELFPLAY_COMPLETE',
  model_sync_complete: 'P2P_MODEL_SYNCED',
  model_sync_completed: 'P2P_MODEL_SYNCED',
  model_synced: 'P2P_MODEL_SYNCED',
  nas_complete: 'NAS_COMPLETED',
  parity_validation_complete: 'PARITY_VALIDATION_COMPLETED',
  pbt_complete: 'PBT_GENERATION_COMPLETE',
  pbt_completed: 'PBT_GENERATION_COMPLETE',
  promotion_complete: 'MODEL_PROMOTED',
  promotion_completed: 'MODEL_PROMOTED',
  promotion_fail: 'PROMOTION_FAILED',
  promotion_start: 'PROMOTION_STARTED',
  selfplay_batch_complete: 'SELFPLAY_COMPLETE',
  selfplay_completed: 'SELFPLAY_COMPLETE',
  shadow_tournament_complete: 'EVALUATION_COMPLETED',
  sync_complete: 'DATA_SYNC_COMPLETED',
  sync_completed: 'DATA_SYNC_COMPLETED',
  sync_failed: 'DATA_SYNC_FAILED',
  sync_started: 'DATA_SYNC_STARTED',
  tier_gating_complete: 'MODEL_PROMOTED',
  training_complete: 'TRAINING_COMPLETED',
  training_fail: 'TRAINING_FAILED',
  training_start: 'TRAINING_STARTED',
} as const;

/** Stage bus value to the value of its counterpart on the data bus; a stage that is missing here has none. */
export const STAGE_TO_DATA = {
  selfplay_complete: 'selfplay_complete',
  canonical_selfplay_complete: 'selfplay_complete',
  gpu_selfplay_complete: 'selfplay_complete',
  sync_complete: 'sync_completed',
  cluster_sync_complete: 'sync_completed',
  model_sync_complete: 'p2p_model_synced',
  training_complete: 'training_completed',
  training_started: 'training_started',
  training_failed: 'training_failed',
  evaluation_complete: 'evaluation_completed',
  shadow_tournament_complete: 'evaluation_completed',
  elo_calibration_complete: 'elo_updated',
  promotion_complete: 'model_promoted',
  tier_gating_complete: 'model_promoted',
  cmaes_complete: 'cmaes_completed',
  pbt_complete: 'pbt_generation_complete',
  nas_complete: 'nas_completed',
} as const;

/** Data bus value to the stage that it completes. */
export const DATA_TO_STAGE = {
  selfplay_complete: 'selfplay_complete',
  new_games: 'selfplay_complete',
  sync_completed: 'sync_complete',
  p2p_model_synced: 'model_sync_complete',
  training_completed: 'training_complete',
  training_started: 'training_started',
  training_failed: 'training_failed',
  evaluation_completed: 'evaluation_complete',
  elo_updated: 'elo_calibration_complete',
  model_promoted: 'promotion_complete',
  cmaes_completed: 'cmaes_complete',
  pbt_generation_complete: 'pbt_complete',
  nas_completed: 'nas_complete',
} as const;

/** Data bus value to its name in the shared queue, where that is not simply the value in upper case. */
export const DATA_TO_CROSS_PROCESS = {
  training_threshold: 'TRAINING_THRESHOLD_REACHED',
  new_games: 'NEW_GAMES_AVAILABLE',
  sync_completed: 'DATA_SYNC_COMPLETED',
  sync_started: 'DATA_SYNC_STARTED',
  sync_failed: 'DATA_SYNC_FAILED',
  pbt_generation_complete: 'PBT_COMPLETE',
  selfplay_complete: 'SELFPLAY_BATCH_COMPLETE',
} as const;

/** Stage bus value to its name in the shared queue. */
export const STAGE_TO_CROSS_PROCESS = {
  training_complete: 'TRAINING_COMPLETED',
  training_started: 'TRAINING_STARTED',
  training_failed: 'TRAINING_FAILED',
  evaluation_complete: 'EVALUATION_COMPLETED',
  shadow_tournament_complete: 'SHADOW_TOURNAMENT_COMPLETE',
  elo_calibration_complete: 'ELO_CALIBRATION_COMPLETE',
  promotion_complete: 'MODEL_PROMOTED',
  tier_gating_complete: 'TIER_GATING_COMPLETE',
  selfplay_complete: 'SELFPLAY_BATCH_COMPLETE',
  canonical_selfplay_complete: 'CANONICAL_SELFPLAY_COMPLETE',
  gpu_selfplay_complete: 'GPU_SELFPLAY_COMPLETE',
  sync_complete: 'DATA_SYNC_COMPLETED',
  parity_validation_complete: 'PARITY_VALIDATION_COMPLETE',
  npz_export_started: 'NPZ_EXPORT_STARTED',
  npz_export_complete: 'NPZ_EXPORT_COMPLETE',
  cluster_sync_complete: 'CLUSTER_SYNC_COMPLETE',
  model_sync_complete: 'MODEL_SYNC_COMPLETE',
  cmaes_complete: 'CMAES_COMPLETE',
  pbt_complete: 'PBT_COMPLETE',
  nas_complete: 'NAS_COMPLETE',
  iteration_complete: 'ITERATION_COMPLETE',
} as const;
