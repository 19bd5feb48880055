import type { StoredEvent } from '../../../../domain/events/envelope';
import { refOf } from '../../../../domain/projections/shared/order';
import { lineField, nameField, numberField, saysFailed } from '../../../../domain/projections/shared/fields';
import type { EventRef } from '../../../../domain/realtime/entities';
import { eventsOfJob, newestBefore, type Reader } from './history';

/** Where a model comes from: each step with the event that says so, or null where history does not know. */
export type Lineage = {
  /** The threshold that set off the training. */
  games: { games: number | null; threshold: number | null; reason: string | null; event: EventRef } | null;
  /**
   * The newest export of the config before the training began: no event says which file a training read. One whose end
   * names no config (as the stage bus reports them) is told of by its start, without samples and duration.
   */
  export: { samples: number | null; games: number | null; seconds: number | null; event: EventRef } | null;
  /** The config's data quality, 0..1, as last reported before the training began. */
  quality: { average: number | null; high_share: number | null; event: EventRef } | null;
  training: {
    job_id: string | null;
    node: string | null;
    started: EventRef | null;
    ended: EventRef | null;
    /** Seconds from start to end; null unless both are known. */
    seconds: number | null;
    epochs: number | null;
    train_loss: number | null;
    val_loss: number | null;
    failed: boolean;
  } | null;
};

/** The lineage, and the events before the model's own that it consists of. */
export type Traced = { lineage: Lineage; events: StoredEvent[] };

/** Follows a model back to the games that it learned from. `own`: the model's events, oldest first. */
export async function lineageOf(
  history: Reader,
  config: string | null,
  own: readonly StoredEvent[],
): Promise<Traced> {
  const ended = own.findLast(({ eventType }) => eventType === 'TRAINING_COMPLETED') ?? null;
  const job = ended && nameField(ended.payload, 'job_id');
  const ofJob = job === null ? [] : await eventsOfJob(history, job);
  const threshold = ofJob.findLast(({ eventType }) => eventType === 'TRAINING_THRESHOLD_REACHED') ?? null;
  const started = ofJob.findLast(({ eventType }) => eventType === 'TRAINING_STARTED') ?? null;
  const anchor = started ?? threshold ?? ended;
  const before = (type: string): Promise<StoredEvent | null> =>
    anchor === null || config === null ? Promise.resolve(null) : newestBefore(history, type, config, anchor);
  const [completed, begun, quality] = await Promise.all([
    before('NPZ_EXPORT_COMPLETE'),
    before('NPZ_EXPORT_STARTED'),
    before('QUALITY_SCORE_UPDATED'),
  ]);
  const exported = newestExport(completed, begun);
  const lineage: Lineage = {
    games: threshold && gamesOf(threshold),
    export: exported && exportOf(exported),
    quality: quality && qualityOf(quality),
    training: ended && trainingOf(job, started, ended),
  };
  return { lineage, events: [exported, threshold, started].filter((event) => event !== null) };
}

/** The completed export, unless another began after it: then that one is the newest, and nothing says how it ended. */
function newestExport(completed: StoredEvent | null, begun: StoredEvent | null): StoredEvent | null {
  return begun !== null && (completed === null || begun.timestamp > completed.timestamp) ? begun : completed;
}

function gamesOf(event: StoredEvent): Lineage['games'] {
  const { payload } = event;
  return {
    games: numberField(payload, 'games'),
    threshold: numberField(payload, 'threshold'),
    reason: lineField(payload, 'trigger_reason'),
    event: refOf(event),
  };
}

function exportOf(event: StoredEvent): Lineage['export'] {
  const { payload } = event;
  return {
    samples: numberField(payload, 'samples_exported'),
    games: numberField(payload, 'games_exported') ?? numberField(payload, 'games_to_export'),
    seconds: numberField(payload, 'duration_seconds'),
    event: refOf(event),
  };
}

function qualityOf(event: StoredEvent): Lineage['quality'] {
  const total = numberField(event.payload, 'total_games');
  const high = numberField(event.payload, 'high_quality_games');
  return {
    average: numberField(event.payload, 'avg_quality'),
    high_share: total === null || high === null || total <= 0 ? null : high / total,
    event: refOf(event),
  };
}

function trainingOf(
  job: string | null,
  started: StoredEvent | null,
  ended: StoredEvent,
): Lineage['training'] {
  const { payload } = ended;
  return {
    job_id: job,
    node: started && (nameField(started.payload, 'node_name') ?? started.node),
    started: started && refOf(started),
    ended: refOf(ended),
    seconds: started && Math.max(0, ended.timestamp - started.timestamp),
    epochs: numberField(payload, 'epochs'),
    train_loss: numberField(payload, 'train_loss'),
    val_loss: numberField(payload, 'val_loss'),
    failed: saysFailed(payload),
  };
}
