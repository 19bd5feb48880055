import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { nameField } from '../shared/fields';
import { tick } from '../shared/clock';
import { fellSilent } from '../shared/silence';
import { runOf } from './attribute';
import { CONFIG_RULES } from './config-rules';
import { bindExport } from './exports';
import { RUN_RULES, type RunRule } from './run-rules';
import { isEnded } from './standing';
import type { Run, TrainingState } from './state';
import { hear, runFor } from './tables';

export const TRAINING_TYPES: readonly string[] = [...RUN_RULES.keys(), ...CONFIG_RULES.keys()];

export function foldTraining(state: TrainingState, event: StoredEvent, touch: Touch): void {
  const before = state.clock;
  if (tick(state, event)) touchSilent(state, before, touch);
  const rule = RUN_RULES.get(event.eventType);
  if (rule !== undefined) foldRun(state, rule, event, touch);
  else CONFIG_RULES.get(event.eventType)?.(state, event, touch);
}

function foldRun(state: TrainingState, rule: RunRule, event: StoredEvent, touch: Touch): void {
  const run = runOf(state, event, touch) ?? modelRun(state, event, touch);
  if (run === null) return;
  const config = hear(state, run, event, touch);
  const model = run.model.v;
  rule(run, event, config);
  if (config !== null) bindExport(config, run);
  if (run.model.v !== model) linkModel(state, run, model, touch);
  if (isEnded(run)) state.open.delete(run.id);
  else state.open.set(run.id, run);
}

/** A model that no known run gave: its training is a run all the same, known by the model's id. */
function modelRun(state: TrainingState, event: StoredEvent, touch: Touch): Run | null {
  if (event.eventType !== 'TRAINING_COMPLETED') return null;
  const model = nameField(event.payload, 'model_id');
  return model === null ? null : runFor(state, model, event, touch);
}

/** A model belongs to the run that named it last; what is said of the model is said of that run alone. */
function linkModel(state: TrainingState, run: Run, before: string | null, touch: Touch): void {
  if (before !== null && state.byModel.get(before) === run.id) state.byModel.delete(before);
  const model = run.model.v;
  if (model === null) return;
  const holder = state.byModel.get(model);
  if (holder !== undefined) touch('training.runs', holder);
  state.byModel.set(model, run.id);
}

/** A new minute: runs that nothing was heard of for long are silent from now on. */
function touchSilent(state: TrainingState, before: number | null, touch: Touch): void {
  for (const run of state.open.values()) {
    if (!fellSilent(run.at, before, state.clock)) continue;
    touch('training.runs', run.id);
    if (run.config !== null) touch('training.configs', run.config);
  }
}
