import type { StoredEvent } from '../../events/envelope';
import type { StageId } from '../../realtime/entities';
import { firstName, nameField, saysFailed } from '../shared/fields';

/**
 * `reject`: the gate said no, which ends the attempt without being a failure. `goes_on`: a word of what is in progress, which
 * counts as silent without one for hours.
 */
export type StageStep = 'start' | 'goes_on' | 'done' | 'fail' | 'reject';

export type StageRule = {
  stage: StageId;
  step: StageStep;
  /** What pairs starts with ends; null where the stage reports no starts, so that nothing can be in progress. */
  id: ((event: StoredEvent) => string | null) | null;
};

const byJob = (event: StoredEvent) => nameField(event.payload, 'job_id');
const byModel = (event: StoredEvent) => nameField(event.payload, 'model_id');
/** One export per config at a time: the next one shows that the one before is over, should its end have been lost. */
const byConfig = (event: StoredEvent) => event.config;
/** Syncs carry no id: a source runs one of each kind at a time. */
const bySource = (event: StoredEvent) =>
  `${nameField(event.payload, 'sync_type') ?? 'data'}|${firstName(event.payload, ['source']) ?? event.hostname}`;

const rule = (stage: StageId, step: StageStep, id: StageRule['id']): StageRule => ({ stage, step, id });

/** Which step of which stage an event type is. */
const STAGE_RULES: ReadonlyMap<string, StageRule> = new Map([
  ['SELFPLAY_COMPLETE', rule('selfplay', 'done', null)],
  ['NEW_GAMES_AVAILABLE', rule('new_games', 'done', null)],
  ['DATA_SYNC_STARTED', rule('sync', 'start', bySource)],
  ['DATA_SYNC_COMPLETED', rule('sync', 'done', bySource)],
  ['DATA_SYNC_FAILED', rule('sync', 'fail', bySource)],
  // The cluster gives a stalled sync up. Where it tells of it as failed besides, that is one failure.
  ['SYNC_STALLED', rule('sync', 'fail', bySource)],
  ['NPZ_EXPORT_STARTED', rule('export', 'start', byConfig)],
  ['NPZ_EXPORT_COMPLETE', rule('export', 'done', byConfig)],
  ['TRAINING_THRESHOLD_REACHED', rule('threshold', 'done', null)],
  ['TRAINING_BLOCKED_BY_QUALITY', rule('threshold', 'fail', null)],
  ['TRAINING_STARTED', rule('training', 'start', byJob)],
  ['TRAINING_PROGRESS', rule('training', 'goes_on', byJob)],
  ['TRAINING_EARLY_STOPPED', rule('training', 'goes_on', byJob)],
  ['TRAINING_LOSS_ANOMALY', rule('training', 'goes_on', byJob)],
  ['TRAINING_LOSS_TREND', rule('training', 'goes_on', byJob)],
  ['CHECKPOINT_SAVED', rule('training', 'goes_on', byJob)],
  ['CHECKPOINT_LOADED', rule('training', 'goes_on', byJob)],
  ['TRAINING_COMPLETED', rule('training', 'done', byJob)],
  ['TRAINING_FAILED', rule('training', 'fail', byJob)],
  ['EVALUATION_STARTED', rule('evaluation', 'start', byModel)],
  ['EVALUATION_PROGRESS', rule('evaluation', 'goes_on', byModel)],
  ['EVALUATION_COMPLETED', rule('evaluation', 'done', byModel)],
  ['EVALUATION_FAILED', rule('evaluation', 'fail', byModel)],
  ['PROMOTION_STARTED', rule('promotion', 'start', byModel)],
  ['MODEL_PROMOTED', rule('promotion', 'done', byModel)],
  ['PROMOTION_FAILED', rule('promotion', 'fail', byModel)],
  ['PROMOTION_REJECTED', rule('promotion', 'reject', byModel)],
  ['MODEL_DISTRIBUTION_COMPLETE', rule('distribution', 'done', null)],
]);

export const STAGE_TYPES: readonly string[] = [...STAGE_RULES.keys()];

/** True of an event that only tells that something goes on; a stage shows one where it has nothing that it counts. */
export function isWordOfProgress(type: string): boolean {
  return STAGE_RULES.get(type)?.step === 'goes_on';
}

export function stageRuleOf(event: StoredEvent): StageRule | undefined {
  return STAGE_RULES.get(event.eventType);
}

/** The step that the event reports: a completion that says `success: false` is a failure. */
export function stepOf({ step }: StageRule, event: StoredEvent): StageStep {
  return step === 'done' && saysFailed(event.payload) ? 'fail' : step;
}

/** The event types that a stage counts, for links to its events. */
export function typesOfStage(stage: StageId): string[] {
  return [...STAGE_RULES].flatMap(([type, rule]) =>
    rule.stage === stage && rule.step !== 'goes_on' ? [type] : [],
  );
}
