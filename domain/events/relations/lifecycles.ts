import type { LifecycleId } from '../catalogue/define';

/** One step of a lifecycle and where it may stand. */
export interface LifecycleStep {
  readonly id: string;
  readonly label: string;
  /** `start` opens, `progress` keeps it open, `end` and `failure` close it. */
  readonly role: 'start' | 'progress' | 'end' | 'failure';
  /** The steps one of which must come before this one (itself, where it repeats); empty for one that needs none. */
  readonly after: readonly string[];
}

export interface Lifecycle {
  readonly label: string;
  readonly steps: readonly LifecycleStep[];
}

type Role = LifecycleStep['role'];

function step(id: string, label: string, role: Role, after: readonly string[]): LifecycleStep {
  return { id, label, role, after };
}

const training: Lifecycle = {
  label: 'Training',
  steps: [
    step('started', 'started', 'start', []),
    step('progress', 'in progress', 'progress', ['started', 'progress']),
    step('completed', 'completed', 'end', ['started', 'progress']),
    step('failed', 'failed', 'failure', ['started', 'progress']),
  ],
};

const evaluation: Lifecycle = {
  label: 'Evaluation',
  steps: [
    step('started', 'started', 'start', []),
    step('progress', 'in progress', 'progress', ['started', 'progress']),
    step('completed', 'completed', 'end', ['started', 'progress']),
    step('failed', 'failed', 'failure', ['started', 'progress']),
  ],
};

/** A stalled sync may still come through, or be given up for a new one without further word. */
const sync: Lifecycle = {
  label: 'Sync',
  steps: [
    step('started', 'started', 'start', []),
    step('stalled', 'stalled', 'failure', ['started', 'stalled']),
    step('completed', 'completed', 'end', ['started', 'stalled']),
    step('failed', 'failed', 'failure', ['started', 'stalled']),
  ],
};

const recovery: Lifecycle = {
  label: 'Recovery',
  steps: [
    step('initiated', 'initiated', 'start', []),
    step('completed', 'completed', 'end', ['initiated']),
    step('failed', 'failed', 'failure', ['initiated']),
  ],
};

/** A piece of work may wait long in its queue, and goes back there for each further attempt. */
const work: Lifecycle = {
  label: 'Work',
  steps: [
    step('queued', 'queued', 'start', ['cancelled', 'timed_out', 'failed']),
    step('claimed', 'claimed', 'progress', ['queued', 'retried', 'timed_out']),
    step('started', 'started', 'progress', ['claimed']),
    step('completed', 'completed', 'end', ['started']),
    step('retried', 'back for another attempt', 'progress', ['claimed', 'started', 'timed_out', 'failed']),
    step('failed', 'failed', 'failure', ['claimed', 'started', 'retried', 'timed_out']),
    step('timed_out', 'timed out', 'failure', ['claimed', 'started']),
    step('cancelled', 'cancelled', 'end', ['queued', 'claimed', 'started', 'retried']),
  ],
};

/** The way of a board's data to a new champion. Games and syncs go on all the time, beside everything that follows. */
const pipeline: Lifecycle = {
  label: 'Pipeline',
  steps: [
    step('selfplay', 'selfplay', 'start', []),
    step('new_games', 'new games', 'progress', ['selfplay']),
    step('sync', 'synced', 'progress', ['new_games']),
    step('export', 'exported', 'progress', ['new_games', 'sync']),
    step('threshold', 'training triggered', 'progress', ['export']),
    step('training', 'training', 'progress', ['threshold']),
    step('trained', 'trained', 'progress', ['training']),
    step('evaluated', 'evaluated', 'progress', ['trained']),
    step('promoted', 'promoted', 'progress', ['evaluated']),
    step('distributed', 'distributed', 'end', ['promoted']),
  ],
};

/** Where types stand, in the catalogue's words. Which step must follow another, and by when, is judged by `HOPS` (projections). */
export const LIFECYCLES: Readonly<Record<LifecycleId, Lifecycle>> = {
  training,
  evaluation,
  sync,
  recovery,
  work,
  pipeline,
};
