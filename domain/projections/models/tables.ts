import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { entryHeard, evictLowest } from '../shared/bounds';
import { register, write } from '../shared/order';
import { championOf, previousOf } from './champion';
import { dropHolders } from './holders';
import {
  configState,
  modelState,
  type ConfigState,
  type Fact,
  type ModelState,
  type ModelsState,
} from './state';

/** The longest silent go first; champions and those next in line stay. */
const MAX_CONFIGS = 500;
const MAX_MODELS = 5_000;

const CONFIGS = { make: configState, limit: MAX_CONFIGS, topic: 'models.configs' };

export function configFor(state: ModelsState, config: string, event: StoredEvent, touch: Touch): ConfigState {
  return entryHeard(state.configs, config, event, CONFIGS, touch);
}

/** The model's entry, made on first sight. */
export function modelFor(state: ModelsState, model: string, event: StoredEvent, touch: Touch): ModelState {
  let entry = state.models.get(model);
  if (entry === undefined) {
    entry = modelState();
    state.models.set(model, entry);
    entry.at = event.timestamp;
    evictModels(state, touch);
  }
  entry.at = Math.max(entry.at, event.timestamp);
  entry.config ??= event.config;
  touch('models.models', model);
  return entry;
}

function evictModels(state: ModelsState, touch: Touch): void {
  if (state.models.size <= MAX_MODELS) return;
  const kept = new Set<ModelState>();
  for (const { champions } of state.configs.values()) {
    for (const reign of [championOf(champions), previousOf(champions)]) {
      const model = reign && state.models.get(reign.model);
      if (model) kept.add(model);
    }
  }
  evictLowest(
    state.models,
    MAX_MODELS,
    (model) => (kept.has(model) ? Infinity : model.at),
    (key, model) => {
      dropHolders(state, key, model);
      touch('models.models', key);
    },
  );
}

/** Notes that something happened to the model. */
export function note(model: ModelState, fact: Fact, event: StoredEvent): void {
  let entry = model.facts.get(fact);
  if (entry === undefined) {
    entry = register<true>(true);
    model.facts.set(fact, entry);
  }
  write(entry, event, true);
}
