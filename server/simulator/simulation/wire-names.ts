/** Types that producers write under their canonical name, because they pass through the stage bus or the router. */
const CANONICAL = new Set([
  'DATA_SYNC_STARTED',
  'DATA_SYNC_COMPLETED',
  'DATA_SYNC_FAILED',
  'EVALUATION_STARTED',
  'EVALUATION_COMPLETED',
  'LOCK_ACQUIRED',
  'LOCK_RELEASED',
  'MODEL_DISTRIBUTION_COMPLETE',
  'MODEL_PROMOTED',
  'NPZ_EXPORT_COMPLETE',
  'PARITY_VALIDATION_COMPLETED',
  'PROMOTION_STARTED',
  'SELFPLAY_COMPLETE',
  'TRAINING_STARTED',
  'TRAINING_COMPLETED',
  'TRAINING_FAILED',
]);

/** Data values that are not just the name in lower case. */
const DATA_VALUES: ReadonlyMap<string, string> = new Map([
  ['NEW_GAMES_AVAILABLE', 'new_games'],
  ['TRAINING_THRESHOLD_REACHED', 'training_threshold'],
]);

/** The spelling in which a type usually stands in the shared queue. */
export function wireNameOf(name: string): string {
  if (CANONICAL.has(name)) return name;
  return DATA_VALUES.get(name) ?? name.toLowerCase();
}
