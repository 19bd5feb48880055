import type { Json } from '../../json';
import { objectOf, objectOfKeys } from '../shared/rest';
import { configEntity, runEntity } from './training-entities';
import type { Rollback, TrainingState } from './state';

/**
 * `configs`: counts since history began, by config. `runs`: every run that is kept, by job id, as `training.runs`
 * publishes it, with its epochs (`[epoch, time, train_loss, val_loss, learning_rate]`, null where not reported) in place
 * of the sparkline. `rollbacks`: by the model that was found worse. `unassigned`: events of training that belong to no
 * run that is known, and the newest of them.
 */
export function selectTraining(state: TrainingState): Record<string, Json> {
  return {
    configs: objectOfKeys(state.configs.keys(), (key) => configEntity(state, key)),
    runs: objectOfKeys(state.runs.keys(), (id) => runDocument(state, id)),
    rollbacks: objectOf([...state.rollbacks].map(([model, rollback]) => [model, rollbackDocument(rollback)])),
    unassigned: { events: state.strayCount, newest: state.strays.map(({ ref }) => ref) },
  };
}

function runDocument(state: TrainingState, id: string): Json | undefined {
  const [run, entity] = [state.runs.get(id), runEntity(state, id)];
  if (run === undefined || entity === undefined) return undefined;
  const { spark: _spark, ...figures } = entity;
  return { ...figures, epochs: run.epochs.map(({ e, t, train, val, lr }) => [e, t, train, val, lr]) };
}

function rollbackDocument({ config, needed, completed }: Rollback): Json {
  return {
    config,
    needed: needed.v && { reason: needed.v.reason, severity: needed.v.severity, event: needed.v.ref },
    completed: completed.v && { to: completed.v.to, reason: completed.v.reason, event: completed.v.ref },
  };
}
