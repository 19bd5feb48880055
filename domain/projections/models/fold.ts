import { isAction } from '../../actions/actor';
import type { StoredEvent } from '../../events/envelope';
import { addPoint } from '../elo/series';
import { eloPointOf } from '../elo/events';
import type { Touch } from '../projection';
import { eloField, lineField, nameField, saysFailed } from '../shared/fields';
import { refOf, write } from '../shared/order';
import { writeNumber } from '../shared/write-number';
import { addChampionOp, championOf, previousOf, type ChampionOp } from './champion';
import { HOLD_RELEASED, holdOf } from './hold';
import { distributedTo, invalidated, noteHolders, receiversOf } from './holders';
import type { Fact, ModelState, ModelsState } from './state';
import { configFor, modelFor, note } from './tables';

/** Points that a config's sparkline and best need; the whole series lives in the `elo` projection. */
const MAX_POINTS = 400;

type Rule = (state: ModelsState, event: StoredEvent, touch: Touch) => void;

/** A rule that notes a fact of the event's model, and what else the payload tells about it. */
function fact(name: Fact, more?: (model: ModelState, event: StoredEvent) => void): Rule {
  return (state, event, touch) => {
    const id = nameField(event.payload, 'model_id');
    if (id === null) return;
    const model = modelFor(state, id, event, touch);
    note(model, name, event);
    more?.(model, event);
  };
}

/** Keeps why something happened to the model; `key` is where the payload says so. */
function because(key: string): (model: ModelState, event: StoredEvent) => void {
  return (model, event) => {
    write(model.reason, event, lineField(event.payload, key));
  };
}

const trained = fact('trained', (model, event) => {
  writeNumber(model.valLoss, event, 'val_loss');
  writeNumber(model.trainLoss, event, 'train_loss');
  const job = nameField(event.payload, 'job_id');
  if (job !== null) write(model.job, event, job);
});

const evaluated = fact('evaluated', (model, event) => {
  writeNumber(model.eloEvaluated, event, 'elo', eloField);
  writeNumber(model.winRate, event, 'win_rate');
  writeNumber(model.games, event, 'games_played');
});

function rated(state: ModelsState, event: StoredEvent, touch: Touch): void {
  const point = eloPointOf(event);
  if (point !== null && event.config !== null) {
    addPoint(configFor(state, event.config, event, touch).elo, point, MAX_POINTS);
  }
  if (event.eventType === 'EVALUATION_COMPLETED') {
    evaluated(state, event, touch);
  } else if (point?.model != null) {
    const model = modelFor(state, point.model, event, touch);
    write(model.eloUpdated, event, point.elo);
    writeNumber(model.games, event, 'games_played');
  }
}

const notePromoted = fact('promoted');

/** A gate of a tier counts as a promotion too, unless it says that the model did not pass. */
function promoted(state: ModelsState, event: StoredEvent, touch: Touch): void {
  if (saysFailed(event.payload) || event.payload['promoted'] === false) return;
  notePromoted(state, event, touch);
  const model = nameField(event.payload, 'model_id');
  // Whoever promotes a held model by hand was warned, and has decided.
  if (model !== null && isAction(event)) write(modelFor(state, model, event, touch).hold, event, null);
  if (event.config === null || model === null) return;
  configFor(state, event.config, event, touch).promotions += 1;
  crown(state, event, touch, { kind: 'promote', model, to: null });
}

const noteRejected = fact('rejected', because('reason'));

function rejected(state: ModelsState, event: StoredEvent, touch: Touch): void {
  noteRejected(state, event, touch);
  if (event.config !== null) configFor(state, event.config, event, touch).rejections += 1;
}

const noteRolledBack = fact('rolled_back', because('reason'));

function rolledBack(state: ModelsState, event: StoredEvent, touch: Touch): void {
  noteRolledBack(state, event, touch);
  hold(state, nameField(event.payload, 'model_id'), event, touch);
  if (event.config === null) return;
  configFor(state, event.config, event, touch).rollbacks += 1;
  const model = nameField(event.payload, 'model_id');
  crown(state, event, touch, { kind: 'roll_back', model, to: nameField(event.payload, 'rollback_to') });
}

function restored(state: ModelsState, event: StoredEvent, touch: Touch): void {
  const from = nameField(event.payload, 'rollback_from');
  if (from === null) return;
  const model = modelFor(state, from, event, touch);
  note(model, 'rolled_back', event);
  because('reason')(model, event);
  hold(state, from, event, touch);
  const to = nameField(event.payload, 'model_id');
  if (event.config !== null) crown(state, event, touch, { kind: 'restore', model: from, to });
}

function hold(state: ModelsState, model: string | null, event: StoredEvent, touch: Touch): void {
  if (model === null || saysFailed(event.payload)) return;
  write(modelFor(state, model, event, touch).hold, event, holdOf(event));
}

function released(state: ModelsState, event: StoredEvent, touch: Touch): void {
  const id = nameField(event.payload, 'model_id');
  const model = id === null ? undefined : state.models.get(id);
  if (id === null || model === undefined) return;
  write(model.hold, event, null);
  touch('models.models', id);
}

/** Applies a champion operation and touches every model whose standing it may have changed. */
function crown(
  state: ModelsState,
  event: StoredEvent,
  touch: Touch,
  op: Pick<ChampionOp, 'kind' | 'model' | 'to'>,
): void {
  if (event.config === null) return;
  const { champions } = configFor(state, event.config, event, touch);
  const before = [championOf(champions), previousOf(champions)];
  addChampionOp(champions, { t: event.timestamp, s: event.seq, ...op, event: refOf(event) });
  for (const reign of [...before, championOf(champions), previousOf(champions)]) {
    if (reign !== null) touch('models.models', reign.model);
  }
}

/** Nodes that an earlier distribution named still hold the model: nothing said that they deleted it. */
function distributed(state: ModelsState, event: StoredEvent, touch: Touch): void {
  const id = nameField(event.payload, 'model_id');
  if (id === null || saysFailed(event.payload)) return;
  write(modelFor(state, id, event, touch).intact, event, true);
  noteHolders(state, id, distributedTo(event), 'distributed', event, touch);
}

function synced(state: ModelsState, event: StoredEvent, touch: Touch): void {
  const id = nameField(event.payload, 'model_id');
  if (id === null || saysFailed(event.payload)) return;
  modelFor(state, id, event, touch);
  noteHolders(state, id, receiversOf(event), 'synced', event, touch);
}

/** Makes no model known: a cache may be cleared of anything. */
function voided(state: ModelsState, event: StoredEvent, touch: Touch): void {
  const { models, nodes } = invalidated(event);
  for (const id of models) noteHolders(state, id, nodes, 'invalidated', event, touch);
}

const noteCorrupted = fact('corrupted', because('corruption_type'));

function corrupted(state: ModelsState, event: StoredEvent, touch: Touch): void {
  noteCorrupted(state, event, touch);
  const id = nameField(event.payload, 'model_id');
  if (id !== null && event.node !== null) noteHolders(state, id, [event.node], 'corrupted', event, touch);
}

function recovered(state: ModelsState, event: StoredEvent, touch: Touch): void {
  const model = event.model === null || saysFailed(event.payload) ? undefined : state.models.get(event.model);
  if (model === undefined || event.model === null) return;
  write(model.intact, event, true);
  touch('models.models', event.model);
}

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['TRAINING_COMPLETED', trained],
  ['EVALUATION_STARTED', fact('evaluating')],
  ['EVALUATION_COMPLETED', rated],
  ['ELO_UPDATED', rated],
  ['PROMOTION_CANDIDATE', fact('candidate')],
  ['PROMOTION_STARTED', fact('candidate')],
  ['MODEL_PROMOTED', promoted],
  ['PROMOTION_REJECTED', rejected],
  ['PROMOTION_ROLLED_BACK', rolledBack],
  ['TRAINING_ROLLBACK_COMPLETED', restored],
  ['MODEL_DISTRIBUTION_COMPLETE', distributed],
  ['P2P_MODEL_SYNCED', synced],
  ['CACHE_INVALIDATED', voided],
  ['MODEL_CORRUPTED', corrupted],
  ['RECOVERY_COMPLETED', recovered],
  [HOLD_RELEASED, released],
]);

export const MODEL_TYPES: readonly string[] = [...RULES.keys()];

export function foldModels(state: ModelsState, event: StoredEvent, touch: Touch): void {
  RULES.get(event.eventType)?.(state, event, touch);
}
