import type { StageId } from '../../realtime/entities';

/** One box of a flow diagram. */
export interface FlowStep {
  readonly id: string;
  readonly label: string;
  /** The events that count as this step passing; empty for a box that only names a branch. */
  readonly event_types: readonly string[];
  /** Further events of the step: beginnings, progress, failures. */
  readonly related_types?: readonly string[];
  /** The stage of the live pipeline whose figures the box shows. */
  readonly stage?: StageId;
  /** The branch of the diagram that the box belongs to; absent on the common trunk. */
  readonly branch?: string;
}

export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
}

export interface Flow {
  readonly label: string;
  readonly steps: readonly FlowStep[];
  readonly edges: readonly FlowEdge[];
}

export type FlowId = 'pipeline' | 'quality' | 'recovery';

const pipeline: Flow = {
  label: 'Training pipeline',
  steps: [
    {
      id: 'SELFPLAY_COMPLETE',
      label: 'Selfplay',
      event_types: ['SELFPLAY_COMPLETE'],
      stage: 'selfplay',
    },
    {
      id: 'NEW_GAMES_AVAILABLE',
      label: 'New games',
      event_types: ['NEW_GAMES_AVAILABLE'],
      stage: 'new_games',
    },
    {
      id: 'DATA_SYNC_COMPLETED',
      label: 'Sync',
      event_types: ['DATA_SYNC_COMPLETED'],
      related_types: ['DATA_SYNC_STARTED', 'DATA_SYNC_FAILED'],
      stage: 'sync',
    },
    {
      id: 'NPZ_EXPORT_COMPLETE',
      label: 'Export',
      event_types: ['NPZ_EXPORT_COMPLETE'],
      related_types: ['NPZ_EXPORT_STARTED'],
      stage: 'export',
    },
    {
      id: 'TRAINING_THRESHOLD_REACHED',
      label: 'Threshold',
      event_types: ['TRAINING_THRESHOLD_REACHED'],
      related_types: ['TRAINING_STARTED'],
      stage: 'threshold',
    },
    {
      id: 'TRAINING_COMPLETED',
      label: 'Training',
      event_types: ['TRAINING_COMPLETED'],
      related_types: ['TRAINING_PROGRESS', 'TRAINING_FAILED', 'TRAINING_EARLY_STOPPED'],
      stage: 'training',
    },
    {
      id: 'EVALUATION_COMPLETED',
      label: 'Evaluation',
      event_types: ['EVALUATION_COMPLETED'],
      related_types: ['EVALUATION_STARTED', 'EVALUATION_PROGRESS', 'EVALUATION_FAILED'],
      stage: 'evaluation',
    },
    {
      id: 'MODEL_PROMOTED',
      label: 'Promotion',
      event_types: ['MODEL_PROMOTED'],
      related_types: ['PROMOTION_CANDIDATE', 'PROMOTION_STARTED', 'PROMOTION_REJECTED', 'PROMOTION_FAILED'],
      stage: 'promotion',
    },
    {
      id: 'MODEL_DISTRIBUTION_COMPLETE',
      label: 'Distribution',
      event_types: ['MODEL_DISTRIBUTION_COMPLETE'],
      related_types: ['P2P_MODEL_SYNCED'],
      stage: 'distribution',
    },
  ],
  edges: [
    { from: 'SELFPLAY_COMPLETE', to: 'NEW_GAMES_AVAILABLE' },
    { from: 'NEW_GAMES_AVAILABLE', to: 'DATA_SYNC_COMPLETED' },
    { from: 'DATA_SYNC_COMPLETED', to: 'NPZ_EXPORT_COMPLETE' },
    { from: 'NPZ_EXPORT_COMPLETE', to: 'TRAINING_THRESHOLD_REACHED' },
    { from: 'TRAINING_THRESHOLD_REACHED', to: 'TRAINING_COMPLETED' },
    { from: 'TRAINING_COMPLETED', to: 'EVALUATION_COMPLETED' },
    { from: 'EVALUATION_COMPLETED', to: 'MODEL_PROMOTED', label: 'criteria met' },
    { from: 'MODEL_PROMOTED', to: 'MODEL_DISTRIBUTION_COMPLETE' },
  ],
};

const quality: Flow = {
  label: 'Quality feedback loop',
  steps: [
    { id: 'SELFPLAY_COMPLETE', label: 'Selfplay', event_types: ['SELFPLAY_COMPLETE'] },
    { id: 'QUALITY_SCORE_UPDATED', label: 'Quality scored', event_types: ['QUALITY_SCORE_UPDATED'] },
    { id: 'QUALITY_GOOD', label: 'Quality good', event_types: [], branch: 'good' },
    {
      id: 'QUALITY_DEGRADED',
      label: 'Quality degraded',
      event_types: ['QUALITY_DEGRADED'],
      related_types: ['LOW_QUALITY_DATA_WARNING'],
      branch: 'degraded',
    },
    {
      id: 'QUALITY_PENALTY_APPLIED',
      label: 'Penalty',
      event_types: ['QUALITY_PENALTY_APPLIED'],
      branch: 'degraded',
    },
    {
      id: 'SELFPLAY_RATE_CHANGED',
      label: 'Selfplay rate',
      event_types: ['SELFPLAY_RATE_CHANGED'],
      branch: 'degraded',
    },
    {
      id: 'HIGH_QUALITY_DATA_AVAILABLE',
      label: 'High-quality data',
      event_types: ['HIGH_QUALITY_DATA_AVAILABLE'],
    },
    {
      id: 'TRAINING_THRESHOLD_REACHED',
      label: 'Training triggered',
      event_types: ['TRAINING_THRESHOLD_REACHED'],
    },
  ],
  edges: [
    { from: 'SELFPLAY_COMPLETE', to: 'QUALITY_SCORE_UPDATED' },
    { from: 'QUALITY_SCORE_UPDATED', to: 'QUALITY_GOOD', label: 'good' },
    { from: 'QUALITY_SCORE_UPDATED', to: 'QUALITY_DEGRADED', label: 'degraded' },
    { from: 'QUALITY_DEGRADED', to: 'QUALITY_PENALTY_APPLIED' },
    { from: 'QUALITY_PENALTY_APPLIED', to: 'SELFPLAY_RATE_CHANGED' },
    { from: 'QUALITY_GOOD', to: 'HIGH_QUALITY_DATA_AVAILABLE' },
    { from: 'SELFPLAY_RATE_CHANGED', to: 'HIGH_QUALITY_DATA_AVAILABLE', label: 'recovered' },
    { from: 'HIGH_QUALITY_DATA_AVAILABLE', to: 'TRAINING_THRESHOLD_REACHED' },
  ],
};

const recovery: Flow = {
  label: 'Error recovery',
  steps: [
    { id: 'TRAINING_COMPLETED', label: 'Training', event_types: ['TRAINING_COMPLETED'] },
    { id: 'EVALUATION_COMPLETED', label: 'Evaluation', event_types: ['EVALUATION_COMPLETED'] },
    { id: 'NO_REGRESSION', label: 'No regression', event_types: [], branch: 'good' },
    {
      id: 'REGRESSION_DETECTED',
      label: 'Regression',
      event_types: ['REGRESSION_DETECTED'],
      related_types: ['REGRESSION_MINOR', 'REGRESSION_MODERATE', 'REGRESSION_SEVERE', 'REGRESSION_CRITICAL'],
      branch: 'regression',
    },
    {
      id: 'TRAINING_ROLLBACK_NEEDED',
      label: 'Rollback needed',
      event_types: ['TRAINING_ROLLBACK_NEEDED'],
      branch: 'regression',
    },
    {
      id: 'RECOVERY_INITIATED',
      label: 'Recovery started',
      event_types: ['RECOVERY_INITIATED'],
      branch: 'regression',
    },
    { id: 'RECOVERY_COMPLETED', label: 'Recovered', event_types: ['RECOVERY_COMPLETED'], branch: 'success' },
    { id: 'RECOVERY_FAILED', label: 'Recovery failed', event_types: ['RECOVERY_FAILED'], branch: 'failed' },
    {
      id: 'TRAINING_ROLLBACK_COMPLETED',
      label: 'Rolled back',
      event_types: ['TRAINING_ROLLBACK_COMPLETED'],
      branch: 'success',
    },
    {
      id: 'CACHE_INVALIDATED',
      label: 'Caches cleared',
      event_types: ['CACHE_INVALIDATED'],
      branch: 'success',
    },
    { id: 'MODEL_PROMOTED', label: 'Promotion', event_types: ['MODEL_PROMOTED'] },
  ],
  edges: [
    { from: 'TRAINING_COMPLETED', to: 'EVALUATION_COMPLETED' },
    { from: 'EVALUATION_COMPLETED', to: 'NO_REGRESSION', label: 'no regression' },
    { from: 'EVALUATION_COMPLETED', to: 'REGRESSION_DETECTED', label: 'regression' },
    { from: 'REGRESSION_DETECTED', to: 'TRAINING_ROLLBACK_NEEDED' },
    { from: 'TRAINING_ROLLBACK_NEEDED', to: 'RECOVERY_INITIATED' },
    { from: 'RECOVERY_INITIATED', to: 'RECOVERY_COMPLETED', label: 'success' },
    { from: 'RECOVERY_INITIATED', to: 'RECOVERY_FAILED', label: 'failed' },
    { from: 'RECOVERY_COMPLETED', to: 'TRAINING_ROLLBACK_COMPLETED' },
    { from: 'TRAINING_ROLLBACK_COMPLETED', to: 'CACHE_INVALIDATED' },
    { from: 'CACHE_INVALIDATED', to: 'MODEL_PROMOTED' },
    { from: 'NO_REGRESSION', to: 'MODEL_PROMOTED' },
  ],
};

/** The three flow diagrams of the event system, as data for graphs and for the counters behind them. */
export const FLOWS: Readonly<Record<FlowId, Flow>> = { pipeline, quality, recovery };
