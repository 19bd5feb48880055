import type { StoredEvent } from '../events/envelope';
import { namesField, numberField } from '../projections/shared/fields';
import { DAY, field, MINUTE, one, RECOVERY, recovered, rolesOf, spell, startToEnd } from './spell-words';

const qualityRoles = rolesOf({
  QUALITY_SCORE_UPDATED: 'lead',
  QUALITY_DEGRADED: 'open',
  LOW_QUALITY_DATA_WARNING: 'during',
  QUALITY_PENALTY_APPLIED: 'during',
  QUALITY_CHECK_REQUESTED: 'during',
  SELFPLAY_RATE_CHANGED: 'during',
  SELFPLAY_TARGET_UPDATED: 'during',
  TRAINING_BLOCKED_BY_QUALITY: 'during',
  EXPLORATION_BOOST: 'during',
  QUALITY_FEEDBACK_ADJUSTED: 'close',
  HIGH_QUALITY_DATA_AVAILABLE: 'close',
});

/** A config's data quality below the threshold that the report of it named, until the first word that it is back. */
export const quality = spell('quality', 'config', qualityRoles, (event) => one(event.config), {
  role(event, opening) {
    if (event.eventType !== 'QUALITY_SCORE_UPDATED') return qualityRoles.of(event);
    const average = numberField(event.payload, 'avg_quality');
    const threshold = opening === null ? null : numberField(opening.payload, 'threshold');
    if (average === null) return null;
    return threshold !== null && average >= threshold ? 'close' : 'lead';
  },
  leads(score, opening) {
    const average = numberField(score.payload, 'avg_quality') ?? Infinity;
    return average < (numberField(opening.payload, 'threshold') ?? -Infinity);
  },
  lookups: (config) => [{ types: qualityRoles.types, config }],
  lead: MINUTE,
  settle: 2 * MINUTE,
  span: DAY,
  awaits: ['HIGH_QUALITY_DATA_AVAILABLE', 'QUALITY_FEEDBACK_ADJUSTED', 'QUALITY_SCORE_UPDATED'],
});

const rollbackRoles = rolesOf({
  EVALUATION_COMPLETED: 'lead',
  REGRESSION_DETECTED: 'open',
  REGRESSION_MINOR: 'open',
  REGRESSION_MODERATE: 'open',
  REGRESSION_SEVERE: 'open',
  REGRESSION_CRITICAL: 'open',
  TRAINING_ROLLBACK_NEEDED: 'open',
  RECOVERY_INITIATED: 'during',
  RECOVERY_FAILED: 'during',
  CACHE_INVALIDATED: 'during',
  RECOVERY_COMPLETED: 'close',
  PROMOTION_ROLLED_BACK: 'close',
  TRAINING_ROLLBACK_COMPLETED: 'close',
  REGRESSION_CLEARED: 'close',
});

/** The model that was found worse: what it was rolled back from, not to. */
function worseModel(event: StoredEvent): string | null {
  if (event.eventType in RECOVERY) return recovered(event, 'model');
  if (event.eventType === 'TRAINING_ROLLBACK_COMPLETED') return field(event, 'rollback_from');
  if (event.eventType !== 'CACHE_INVALIDATED') return field(event, 'model_id');
  return event.payload['invalidation_type'] === 'model' ? field(event, 'target_id') : null;
}

/** A model from the regression found in it to its rollback, as the catalogue's flow of error recovery has it. */
export const rollback = spell('rollback', 'model', rollbackRoles, (event) => one(worseModel(event)), {
  lookups: (model) => [
    { types: rollbackRoles.types, model, rare: true },
    { types: ['TRAINING_ROLLBACK_COMPLETED'], payload: model, rare: true },
  ],
  lead: 5 * MINUTE,
  settle: 5 * MINUTE,
  span: DAY,
  awaits: ['TRAINING_ROLLBACK_COMPLETED', 'PROMOTION_ROLLED_BACK', 'REGRESSION_CLEARED'],
});

const syncRoles = rolesOf({
  DATA_SYNC_STARTED: 'open',
  SYNC_STALLED: 'during',
  GAME_SYNCED: 'during',
  DATA_SYNC_COMPLETED: 'close',
  DATA_SYNC_FAILED: 'close',
});

/** One sync from a source. A stalled one may still come through. */
export const sync = startToEnd('sync', 'source of the sync', syncRoles, syncSubject, {
  lookups: (subject) => [{ types: syncRoles.types, payload: subject.slice(subject.indexOf(' from ') + 6) }],
  settle: 5,
  awaits: ['DATA_SYNC_COMPLETED', 'DATA_SYNC_FAILED'],
});

function syncSubject(event: StoredEvent): string | null {
  const source = field(event, 'source');
  return source === null ? null : `${field(event, 'sync_type') ?? 'data'} from ${source}`;
}

const lockRoles = rolesOf({
  LOCK_ACQUIRED: 'open',
  LOCK_TIMEOUT: 'during',
  DEADLOCK_DETECTED: 'during',
  LOCK_RELEASED: 'close',
});

/** A lock from its taking to its release, with those who waited for it in vain. */
export const lock = spell('lock', 'lock', lockRoles, locksOf, {
  reopens: true,
  lookups: (name) => [{ types: lockRoles.types, payload: name }],
  awaits: ['LOCK_RELEASED'],
});

function locksOf(event: StoredEvent): readonly string[] {
  return event.eventType === 'DEADLOCK_DETECTED'
    ? [...new Set(['locks_involved', 'locks'].flatMap((key) => namesField(event.payload, key, 20)))]
    : one(field(event, 'lock_name'));
}

const parityRoles = rolesOf({ PARITY_VALIDATION_STARTED: 'open', PARITY_VALIDATION_COMPLETED: 'close' });
export const parity = startToEnd('parity', 'config', parityRoles, (event) => event.config, {
  lookups: (config) => [{ types: parityRoles.types, config }],
  awaits: ['PARITY_VALIDATION_COMPLETED'],
});

const repairRoles = rolesOf({ REPAIR_STARTED: 'open', REPAIR_COMPLETED: 'close', REPAIR_FAILED: 'close' });
export const repair = startToEnd(
  'repair',
  'target of the repair',
  repairRoles,
  (event) => field(event, 'target'),
  {
    lookups: (target) => [{ types: repairRoles.types, payload: target }],
    awaits: ['REPAIR_COMPLETED', 'REPAIR_FAILED'],
  },
);
