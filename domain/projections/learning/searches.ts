import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { lineField, nameField, numberField, saysFailed } from '../shared/fields';
import { insertSorted, newerRef, refOf, write } from '../shared/order';
import { SILENT_AFTER_S } from '../shared/silence';
import { writeNumber } from '../shared/write-number';
import { newSearch, type LearningState, type Method, type Search } from './state';
import { sayValue } from './values';

/** The longest untouched go first. */
const MAX_SEARCHES = 200;
const MAX_GENERATIONS = 60;

type Step = 'order' | 'start' | 'generation' | 'found' | 'end' | 'failed';
export type SearchRule = { method: Method; step: Step };

/** The `_FAILED` names are not in the catalogue, which knows no failure of a search but `success: false`; the set is open. */
export const SEARCH_RULES: ReadonlyMap<string, SearchRule> = new Map<string, SearchRule>([
  ['CMAES_TRIGGERED', { method: 'cmaes', step: 'order' }],
  ['CMAES_COMPLETED', { method: 'cmaes', step: 'end' }],
  ['CMAES_FAILED', { method: 'cmaes', step: 'failed' }],
  ['NAS_TRIGGERED', { method: 'nas', step: 'order' }],
  ['NAS_STARTED', { method: 'nas', step: 'start' }],
  ['NAS_GENERATION_COMPLETE', { method: 'nas', step: 'generation' }],
  ['NAS_BEST_ARCHITECTURE', { method: 'nas', step: 'found' }],
  ['NAS_COMPLETED', { method: 'nas', step: 'end' }],
  ['NAS_FAILED', { method: 'nas', step: 'failed' }],
  ['PBT_STARTED', { method: 'pbt', step: 'start' }],
  ['PBT_GENERATION_COMPLETE', { method: 'pbt', step: 'generation' }],
  ['PBT_COMPLETED', { method: 'pbt', step: 'end' }],
  ['PBT_FAILED', { method: 'pbt', step: 'failed' }],
]);

const RESULTS = ['best_params', 'best_architecture', 'architecture'] as const;

export function foldSearch(
  state: LearningState,
  { method, step }: SearchRule,
  event: StoredEvent,
  touch: Touch,
): void {
  const search = searchFor(state, method, step, event, touch);
  search.config ??= event.config;
  search.at = Math.max(search.at, event.timestamp);
  search.last = newerRef(search.last, event);
  if (event.timestamp < search.first.timestamp) search.first = refOf(event);
  describe(search, event);
  if (step !== 'order') search.underway = true;
  if (step === 'order' || step === 'start') {
    search.startedAt = Math.min(search.startedAt ?? Infinity, event.timestamp);
  }
  if (step === 'generation' || step === 'end') noteGeneration(search, event);
  if (step === 'end' || step === 'failed') finish(state, search, step, event);
  touch('learning.searches', search.key);
  touch('learning.methods', method);
}

/**
 * The search of an event. One without a `run_id` goes by its config, where a new order begins another after the end, or once
 * the one before was silent.
 */
function searchFor(
  state: LearningState,
  method: Method,
  step: Step,
  event: StoredEvent,
  touch: Touch,
): Search {
  const run = nameField(event.payload, 'run_id');
  const key = run === null ? `${method}?${event.config ?? ''}` : `${method}/${run}`;
  const known = state.searches.get(key);
  const over = known !== undefined && (known.end.v !== null || event.timestamp - known.at > SILENT_AFTER_S);
  const again = run === null && over && (step === 'order' || step === 'start');
  if (known !== undefined && !again) return known;
  const search = newSearch(key, method, run, event.timestamp, refOf(event));
  state.searches.set(key, search);
  const counts = state.methods.get(method);
  if (counts !== undefined) counts.runs += 1;
  evictLowest(
    state.searches,
    MAX_SEARCHES,
    (each) => (each === search ? Infinity : each.at),
    (gone, { method: of }) => {
      touch('learning.searches', gone);
      touch('learning.methods', of);
    },
  );
  return search;
}

function describe(search: Search, event: StoredEvent): void {
  const reason = lineField(event.payload, 'reason');
  if (reason !== null) write(search.reason, event, reason);
  writeNumber(search.parameters, event, 'parameters_searched');
  writeNumber(search.planned, event, 'generations');
  writeNumber(search.population, event, 'population_size');
  writeNumber(search.improvement, event, 'improvement');
  const result = RESULTS.map((key) => sayValue(event.payload[key])).find((said) => said !== null);
  if (result !== undefined) write(search.result, event, result);
}

function noteGeneration(search: Search, event: StoredEvent): void {
  const generation = numberField(event.payload, 'generation');
  if (generation !== null) search.generation = Math.max(search.generation ?? -Infinity, generation);
  const fitness = numberField(event.payload, 'best_fitness');
  if (fitness === null) return;
  search.best = Math.max(search.best ?? -Infinity, fitness);
  insertSorted(search.generations, { t: event.timestamp, s: event.seq, generation, fitness });
  if (search.generations.length > MAX_GENERATIONS) search.generations.shift();
}

function finish(state: LearningState, search: Search, step: 'end' | 'failed', event: StoredEvent): void {
  const outcome = step === 'failed' || saysFailed(event.payload) ? 'failed' : 'completed';
  const before = search.end.v;
  if (!write(search.end, event, outcome)) return;
  if (outcome === 'failed') write(search.error, event, lineField(event.payload, 'error'));
  const counts = state.methods.get(search.method);
  if (counts === undefined || before === outcome) return;
  counts[outcome] += 1;
  if (before !== null) counts[before] -= 1;
}

/** A new minute: searches that nobody heard of turned silent. */
export function touchSilent(state: LearningState, before: number | null, touch: Touch): void {
  for (const search of state.searches.values()) {
    const silentAt = search.at + SILENT_AFTER_S;
    if (search.end.v === null && (before ?? -Infinity) <= silentAt && (state.clock ?? -Infinity) > silentAt) {
      touch('learning.searches', search.key);
      touch('learning.methods', search.method);
    }
  }
}
