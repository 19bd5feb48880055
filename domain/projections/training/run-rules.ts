import type { StoredEvent } from '../../events/envelope';
import { firstName, lineField, nameField, numberField, saysFailed } from '../shared/fields';
import { keepNewest, write } from '../shared/order';
import { writeNumber } from '../shared/write-number';
import { addEpoch } from './epochs';
import { errorLine, told, wholeField } from './read';
import type { ConfigTraining, Run } from './state';

/** What a type of event changes of the run it tells of; counts of its config go along. */
export type RunRule = (run: Run, event: StoredEvent, config: ConfigTraining | null) => void;

const MAX_ANOMALIES = 100;
const MAX_CHECKPOINTS = 100;
const MAX_TRENDS = 100;
const MAX_FAILURES = 5;

function triggered(run: Run, event: StoredEvent): void {
  const { payload } = event;
  write(run.trigger, event, {
    id: event.eventId,
    games: numberField(payload, 'games'),
    threshold: numberField(payload, 'threshold'),
    reason: lineField(payload, 'trigger_reason'),
    priority: nameField(payload, 'priority'),
  });
  write(run.outcome, event, 'open');
}

function started(run: Run, event: StoredEvent, config: ConfigTraining | null): void {
  if (run.started === null || event.timestamp < run.started) {
    run.started = event.timestamp;
    run.startedId = event.eventId;
  }
  write(run.node, event, firstName(event.payload, ['node_name', 'node_id', 'host']) ?? event.node);
  const version = nameField(event.payload, 'model_version');
  if (version !== null) write(run.version, event, version);
  write(run.outcome, event, 'open');
  if (config) config.counts.started += 1;
}

function progressed(run: Run, event: StoredEvent): void {
  const { payload } = event;
  writeNumber(run.totalEpochs, event, 'total_epochs');
  if (event.node !== null) write(run.reporter, event, event.node);
  const e = wholeField(payload, 'epoch');
  if (e === null) return;
  write(run.epoch, event, e);
  // No spread of `told`, as elsewhere: at thousands of reports a second it shows.
  addEpoch(run, {
    t: event.timestamp,
    s: event.seq,
    id: event.eventId,
    e,
    train: numberField(payload, 'train_loss'),
    val: numberField(payload, 'val_loss'),
    lr: numberField(payload, 'learning_rate'),
  });
}

function completed(run: Run, event: StoredEvent, config: ConfigTraining | null): void {
  if (saysFailed(event.payload)) {
    failed(run, event, config);
    return;
  }
  if (write(run.outcome, event, 'completed')) run.endedId = event.eventId;
  const model = nameField(event.payload, 'model_id');
  if (model !== null) write(run.model, event, model);
  writeNumber(run.finalVal, event, 'val_loss');
  writeNumber(run.finalTrain, event, 'train_loss');
  if (config) config.counts.completed += 1;
}

function failed(run: Run, event: StoredEvent, config: ConfigTraining | null): void {
  if (write(run.outcome, event, 'failed')) run.endedId = event.eventId;
  run.failureCount += 1;
  keepNewest(
    run.failures,
    { ...told(event), error: errorLine(event.payload), node: event.node },
    MAX_FAILURES,
  );
  if (config) config.counts.failed += 1;
}

function stoppedEarly(run: Run, event: StoredEvent, config: ConfigTraining | null): void {
  const { payload } = event;
  write(run.stop, event, {
    id: event.eventId,
    reason: lineField(payload, 'reason') ?? 'no reason given',
    epochs: wholeField(payload, 'epochs_completed'),
    best: wholeField(payload, 'best_epoch'),
    val: numberField(payload, 'val_loss'),
  });
  if (config) config.counts.stopped += 1;
}

function anomaly(run: Run, event: StoredEvent, config: ConfigTraining | null): void {
  const { payload } = event;
  run.anomalyCount += 1;
  const [loss, expected] = [numberField(payload, 'current_loss'), numberField(payload, 'expected_loss')];
  const found = {
    e: wholeField(payload, 'epoch'),
    loss,
    expected,
    score: numberField(payload, 'anomaly_score'),
  };
  keepNewest(run.anomalies, { ...told(event), ...found }, MAX_ANOMALIES);
  if (config) config.counts.anomalies += 1;
}

function trend(run: Run, event: StoredEvent): void {
  const { payload } = event;
  const [window, delta] = [wholeField(payload, 'window_epochs'), numberField(payload, 'loss_delta')];
  const word = nameField(payload, 'trend') ?? 'unknown';
  keepNewest(run.trends, { ...told(event), trend: word, window, delta }, MAX_TRENDS);
}

function checkpoint(loaded: boolean): RunRule {
  return (run, event) => {
    const { payload } = event;
    if (!loaded) run.checkpointCount += 1;
    const path = nameField(payload, 'checkpoint_path');
    const saved = { e: wholeField(payload, 'epoch'), path, loaded };
    keepNewest(run.checkpoints, { ...told(event), ...saved }, MAX_CHECKPOINTS);
  };
}

export const RUN_RULES: ReadonlyMap<string, RunRule> = new Map<string, RunRule>([
  ['TRAINING_THRESHOLD_REACHED', triggered],
  ['TRAINING_STARTED', started],
  ['TRAINING_PROGRESS', progressed],
  ['TRAINING_COMPLETED', completed],
  ['TRAINING_FAILED', failed],
  ['TRAINING_EARLY_STOPPED', stoppedEarly],
  ['TRAINING_LOSS_ANOMALY', anomaly],
  ['TRAINING_LOSS_TREND', trend],
  ['CHECKPOINT_SAVED', checkpoint(false)],
  ['CHECKPOINT_LOADED', checkpoint(true)],
]);
