import type { LifecycleId } from '../../events/catalogue/define';
import type { StoredEvent } from '../../events/envelope';
import type { StageId } from '../../realtime/entities';
import { firstName, nameField } from '../shared/fields';

/** One stretch of a lifecycle: what opens it must be followed by one of what closes it, for the same subject. */
export type Hop = {
  id: string;
  lifecycle: LifecycleId;
  opens: readonly string[];
  closes: readonly string[];
  /** Only sensible while the stretch is open. */
  during?: readonly string[];
  /** Ends the stretch without being what was waited for, e.g. a cancellation; never out of order. */
  cancels?: readonly string[];
  /** Ends the wait, while what was waited for may still come. */
  pauses?: readonly string[];
  /** Closes after which the subject opens no such stretch again. */
  final?: readonly string[];
  /** True where a close without an open is out of order; false where the cluster may skip the opening step. */
  strict: boolean;
  subject: (event: StoredEvent) => string | null;
  /** The pipeline stage that waits while the stretch is under way. */
  stage?: StageId;
  /** Seconds until it is overdue, while its own history is too short to tell. */
  limit: number;
  /** What was waited for, in words. */
  waitsFor: string;
};

const field = (key: string) => (event: StoredEvent) => nameField(event.payload, key);
const job = (event: StoredEvent) => firstName(event.payload, ['job_id']) ?? event.config;
const model = field('model_id');
const work = field('work_id');
/** What goes on all the time, once more and once more: the stretch is the pause between two of them. */
const ofConfig = (event: StoredEvent) => event.config;
const source = (event: StoredEvent) => nameField(event.payload, 'source') ?? event.node;
const MINUTE = 60;
const HOUR = 3600;

/** The ordering that the specification guarantees per category, cut into stretches with one beginning and one end. */
export const HOPS: readonly Hop[] = [
  {
    id: 'training.run',
    lifecycle: 'training',
    stage: 'training',
    opens: ['TRAINING_STARTED'],
    during: ['TRAINING_PROGRESS'],
    closes: ['TRAINING_COMPLETED', 'TRAINING_FAILED'],
    strict: true,
    subject: job,
    limit: 6 * HOUR,
    waitsFor: 'the training to complete or fail',
  },
  {
    id: 'evaluation.run',
    lifecycle: 'evaluation',
    stage: 'evaluation',
    opens: ['EVALUATION_STARTED'],
    during: ['EVALUATION_PROGRESS'],
    closes: ['EVALUATION_COMPLETED', 'EVALUATION_FAILED'],
    strict: true,
    subject: model,
    limit: 2 * HOUR,
    waitsFor: 'the evaluation to complete or fail',
  },
  {
    id: 'sync.run',
    lifecycle: 'sync',
    stage: 'sync',
    opens: ['DATA_SYNC_STARTED'],
    closes: ['DATA_SYNC_COMPLETED', 'DATA_SYNC_FAILED'],
    pauses: ['SYNC_STALLED'],
    strict: true,
    subject: source,
    limit: 30 * MINUTE,
    waitsFor: 'the sync to complete or fail',
  },
  {
    id: 'recovery.run',
    lifecycle: 'recovery',
    opens: ['RECOVERY_INITIATED'],
    closes: ['RECOVERY_COMPLETED', 'RECOVERY_FAILED'],
    strict: true,
    subject: field('target'),
    limit: 30 * MINUTE,
    waitsFor: 'the recovery to complete or fail',
  },
  {
    id: 'work.claim',
    lifecycle: 'work',
    opens: ['WORK_QUEUED'],
    closes: ['WORK_CLAIMED'],
    // What comes after a claim shows that a node has it, where the claim itself is not told.
    cancels: [
      ...['WORK_STARTED', 'WORK_COMPLETED', 'WORK_FAILED', 'WORK_TIMEOUT', 'WORK_RETRY'],
      'WORK_CANCELLED',
    ],
    strict: false,
    subject: work,
    limit: HOUR,
    waitsFor: 'a node to claim the work',
  },
  {
    id: 'work.start',
    lifecycle: 'work',
    opens: ['WORK_CLAIMED'],
    closes: ['WORK_STARTED'],
    cancels: ['WORK_COMPLETED', 'WORK_CANCELLED', 'WORK_TIMEOUT', 'WORK_RETRY', 'WORK_FAILED'],
    strict: true,
    subject: work,
    limit: 15 * MINUTE,
    waitsFor: 'the node to start the work it claimed',
  },
  {
    id: 'work.run',
    lifecycle: 'work',
    opens: ['WORK_STARTED'],
    closes: ['WORK_COMPLETED', 'WORK_FAILED'],
    cancels: ['WORK_CANCELLED', 'WORK_TIMEOUT', 'WORK_RETRY'],
    strict: false,
    subject: work,
    limit: 4 * HOUR,
    waitsFor: 'the work to complete or fail',
  },
  {
    id: 'pipeline.selfplay',
    lifecycle: 'pipeline',
    stage: 'selfplay',
    opens: ['SELFPLAY_COMPLETE'],
    closes: ['SELFPLAY_COMPLETE'],
    strict: false,
    subject: ofConfig,
    limit: 6 * HOUR,
    waitsFor: 'the next batch of selfplay games',
  },
  {
    id: 'pipeline.new_games',
    lifecycle: 'pipeline',
    stage: 'new_games',
    opens: ['NEW_GAMES_AVAILABLE'],
    closes: ['NEW_GAMES_AVAILABLE'],
    strict: false,
    subject: ofConfig,
    limit: 6 * HOUR,
    waitsFor: 'the next new games',
  },
  {
    id: 'pipeline.export',
    lifecycle: 'pipeline',
    stage: 'export',
    opens: ['NPZ_EXPORT_STARTED'],
    closes: ['NPZ_EXPORT_COMPLETE'],
    // The stage bus reports completions without path and config; what follows an export shows that it is over.
    cancels: ['TRAINING_THRESHOLD_REACHED', 'TRAINING_BLOCKED_BY_QUALITY'],
    strict: false,
    subject: (event) => nameField(event.payload, 'output_path') ?? event.config,
    limit: HOUR,
    waitsFor: 'the export to complete',
  },
  {
    id: 'pipeline.train',
    lifecycle: 'pipeline',
    stage: 'training',
    opens: ['TRAINING_THRESHOLD_REACHED'],
    closes: ['TRAINING_STARTED'],
    cancels: ['TRAINING_BLOCKED_BY_QUALITY'],
    strict: false,
    subject: job,
    limit: HOUR,
    waitsFor: 'the training that was triggered to start',
  },
  {
    id: 'pipeline.evaluate',
    lifecycle: 'pipeline',
    stage: 'evaluation',
    opens: ['TRAINING_COMPLETED'],
    closes: ['EVALUATION_STARTED', 'EVALUATION_COMPLETED'],
    strict: false,
    subject: model,
    limit: 2 * HOUR,
    waitsFor: 'the evaluation of the trained model to start',
  },
  {
    id: 'pipeline.decide',
    lifecycle: 'pipeline',
    stage: 'promotion',
    opens: ['EVALUATION_COMPLETED'],
    closes: ['MODEL_PROMOTED', 'PROMOTION_REJECTED', 'PROMOTION_FAILED'],
    // A champion that is evaluated again waits for no decision.
    final: ['MODEL_PROMOTED'],
    strict: false,
    subject: model,
    limit: 2 * HOUR,
    waitsFor: 'the promotion decision on the evaluated model',
  },
  {
    id: 'pipeline.distribute',
    lifecycle: 'pipeline',
    stage: 'distribution',
    opens: ['MODEL_PROMOTED'],
    closes: ['MODEL_DISTRIBUTION_COMPLETE'],
    cancels: ['PROMOTION_ROLLED_BACK'],
    strict: false,
    subject: model,
    limit: HOUR,
    waitsFor: 'the promoted model to be distributed',
  },
];
