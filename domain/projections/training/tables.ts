import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { entryHeard, evictLowest } from '../shared/bounds';
import { newConfig, newRun, type ConfigTraining, type Run, type TrainingState } from './state';

/** Runs that did not end (as far as is known), and runs that did. */
const MAX_OPEN = 400;
const MAX_ENDED = 600;
export const MAX_RUNS = MAX_OPEN + MAX_ENDED;
export const MAX_CONFIGS = 500;

const CONFIGS = { make: newConfig, limit: MAX_CONFIGS, topic: 'training.configs' };

export function configFor(
  state: TrainingState,
  config: string,
  event: StoredEvent,
  touch: Touch,
): ConfigTraining {
  return entryHeard(state.configs, config, event, CONFIGS, touch);
}

/** The run of a job, made on first sight. */
export function runFor(state: TrainingState, id: string, event: StoredEvent, touch: Touch): Run {
  let run = state.runs.get(id);
  if (run === undefined) {
    run = newRun(id, event.timestamp);
    state.runs.set(id, run);
    state.open.set(id, run);
    evict(state, run, touch);
  }
  return run;
}

/**
 * Runs that go on (or that nobody heard the end of) and runs that ended are bounded apart, so that a flood of the one
 * cannot push out the other; of either the longest silent go first.
 */
function evict(state: TrainingState, made: Run, touch: Touch): void {
  const drop = (id: string, run: Run) => forget(state, id, run, touch);
  evictLowest(state.open, MAX_OPEN, (run) => (run === made ? Infinity : run.at), drop);
  if (state.runs.size - state.open.size <= MAX_ENDED) return;
  const ended = new Map([...state.runs].filter(([id]) => !state.open.has(id)));
  evictLowest(ended, MAX_ENDED, (run) => run.at, drop);
}

function forget(state: TrainingState, id: string, run: Run, touch: Touch): void {
  state.runs.delete(id);
  state.open.delete(id);
  touch('training.runs', id);
  if (run.model.v !== null && state.byModel.get(run.model.v) === id) state.byModel.delete(run.model.v);
  if (run.config === null) return;
  unlist(state.configs.get(run.config), run);
  touch('training.configs', run.config);
}

/** Notes that an event told of the run: its first and newest time, its config, and its place there. Returns that config. */
export function hear(
  state: TrainingState,
  run: Run,
  event: StoredEvent,
  touch: Touch,
): ConfigTraining | null {
  const earlier = event.timestamp < run.begin;
  run.begin = Math.min(run.begin, event.timestamp);
  run.at = Math.max(run.at, event.timestamp);
  run.events += 1;
  touch('training.runs', run.id);
  const moved = earlier || run.config === null;
  run.config ??= event.config;
  if (run.config === null) return null;
  const config = configFor(state, run.config, event, touch);
  if (moved) {
    unlist(config, run);
    enlist(config, run);
  }
  return config;
}

function unlist(config: ConfigTraining | undefined, run: Run): void {
  const index = config?.runs.lastIndexOf(run) ?? -1;
  if (index >= 0) config?.runs.splice(index, 1);
}

function enlist({ runs }: ConfigTraining, run: Run): void {
  let index = runs.length;
  while (index > 0 && (runs[index - 1]?.begin ?? -Infinity) > run.begin) index -= 1;
  runs.splice(index, 0, run);
}
