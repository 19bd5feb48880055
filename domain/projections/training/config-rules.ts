import type { StoredEvent } from '../../events/envelope';
import { isJsonObject } from '../../json';
import type { Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { lineField, nameField, numberField } from '../shared/fields';
import { keepNewest, refOf, register, write } from '../shared/order';
import { told, valueText } from './read';
import { exported } from './exports';
import type { Rollback, TrainingState } from './state';
import { configFor } from './tables';

/** What a type of event changes that is of a config or a model rather than of one run. */
type ConfigRule = (state: TrainingState, event: StoredEvent, touch: Touch) => void;

const MAX_PARAMS = 200;
const MAX_PARAMS_PER_EVENT = 10;
const MAX_BLOCKS = 100;
export const MAX_ROLLBACKS = 500;

function parameter(state: TrainingState, event: StoredEvent, touch: Touch): void {
  const name = nameField(event.payload, 'param_name');
  if (event.config === null || name === null) return;
  const { payload } = event;
  const change = { name, from: valueText(payload['old_value']), to: valueText(payload['new_value']) };
  const by = nameField(payload, 'optimizer');
  keepNewest(
    configFor(state, event.config, event, touch).params,
    { ...told(event), ...change, by },
    MAX_PARAMS,
  );
}

function adapted(state: TrainingState, event: StoredEvent, touch: Touch): void {
  const changed = event.payload['params_changed'];
  if (event.config === null || !isJsonObject(changed)) return;
  const { params } = configFor(state, event.config, event, touch);
  for (const [name, value] of Object.entries(changed).slice(0, MAX_PARAMS_PER_EVENT)) {
    const to = valueText(value);
    const short = name.slice(0, 80);
    keepNewest(params, { ...told(event), name: short, from: null, to, by: 'adaptive' }, MAX_PARAMS);
  }
}

function blocked(state: TrainingState, event: StoredEvent, touch: Touch): void {
  if (event.config === null) return;
  const config = configFor(state, event.config, event, touch);
  config.counts.blocked += 1;
  const quality = numberField(event.payload, 'quality');
  const required = numberField(event.payload, 'required_quality');
  const at = { t: event.timestamp, s: event.seq };
  keepNewest(config.blocks, { ...at, quality, required, ref: refOf(event) }, MAX_BLOCKS);
}

function rollbackOf(state: TrainingState, model: string, event: StoredEvent, touch: Touch): Rollback {
  let rollback = state.rollbacks.get(model);
  if (rollback === undefined) {
    const made = (rollback = {
      at: event.timestamp,
      config: null,
      needed: register<Rollback['needed']['v']>(null),
      completed: register<Rollback['completed']['v']>(null),
    });
    state.rollbacks.set(model, made);
    evictLowest(
      state.rollbacks,
      MAX_ROLLBACKS,
      (each) => (each === made ? Infinity : each.at),
      (gone) => touchRun(state, gone, touch),
    );
  }
  rollback.at = Math.max(rollback.at, event.timestamp);
  rollback.config ??= event.config;
  if (event.config !== null) configFor(state, event.config, event, touch).counts.rollbacks += 1;
  touchRun(state, model, touch);
  return rollback;
}

function touchRun(state: TrainingState, model: string, touch: Touch): void {
  const job = state.byModel.get(model);
  if (job !== undefined) touch('training.runs', job);
}

function rollbackNeeded(state: TrainingState, event: StoredEvent, touch: Touch): void {
  const { payload } = event;
  const model = nameField(payload, 'model_id');
  if (model === null) return;
  const [reason, severity] = [lineField(payload, 'reason'), nameField(payload, 'severity')];
  const path = lineField(payload, 'checkpoint_path');
  write(rollbackOf(state, model, event, touch).needed, event, { reason, severity, path, ref: refOf(event) });
}

function rollbackCompleted(state: TrainingState, event: StoredEvent, touch: Touch): void {
  const model = nameField(event.payload, 'rollback_from');
  if (model === null) return;
  const to = nameField(event.payload, 'model_id');
  const reason = lineField(event.payload, 'reason');
  write(rollbackOf(state, model, event, touch).completed, event, { to, reason, ref: refOf(event) });
}

export const CONFIG_RULES: ReadonlyMap<string, ConfigRule> = new Map<string, ConfigRule>([
  ['NPZ_EXPORT_STARTED', exported],
  ['NPZ_EXPORT_COMPLETE', exported],
  ['HYPERPARAMETER_UPDATED', parameter],
  ['ADAPTIVE_PARAMS_CHANGED', adapted],
  ['TRAINING_BLOCKED_BY_QUALITY', blocked],
  ['TRAINING_ROLLBACK_NEEDED', rollbackNeeded],
  ['TRAINING_ROLLBACK_COMPLETED', rollbackCompleted],
]);
