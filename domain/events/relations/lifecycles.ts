import type { JsonObject } from '../../json';
import type { LifecycleId } from '../catalogue/define';
import { configOf, modelOf, nameIn } from '../derived/derive';

/** One step of a lifecycle and where it may stand. */
export interface LifecycleStep {
  readonly id: string;
  readonly label: string;
  /** `start` opens, `progress` keeps it open, `end` and `failure` close it. */
  readonly role: 'start' | 'progress' | 'end' | 'failure';
  /** The steps one of which must come before this one (itself, where it repeats); empty for one that needs none. */
  readonly after: readonly string[];
  /** Seconds after which a subject that got no further than this step is overdue; null where waiting is normal. */
  readonly overdueAfter: number | null;
}

export interface Lifecycle {
  readonly label: string;
  /** Whether a step's predecessor must be the step right before it, or may be any that the subject passed at some time. */
  readonly order: 'direct' | 'ever';
  readonly steps: readonly LifecycleStep[];
  /** What runs through the lifecycle, e.g. one job; null where the payload does not tell. */
  readonly subject: (payload: JsonObject) => string | null;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

type Role = LifecycleStep['role'];

function step(
  id: string,
  label: string,
  role: Role,
  after: readonly string[],
  overdueAfter: number | null = null,
): LifecycleStep {
  return { id, label, role, after, overdueAfter };
}

/** A training is told apart by its board: only its first and a few other events carry the job id. */
const training: Lifecycle = {
  label: 'Training',
  order: 'direct',
  subject: configOf,
  steps: [
    step('started', 'started', 'start', [], HOUR),
    step('progress', 'in progress', 'progress', ['started', 'progress'], HOUR),
    step('completed', 'completed', 'end', ['started', 'progress']),
    step('failed', 'failed', 'failure', ['started', 'progress']),
  ],
};

const evaluation: Lifecycle = {
  label: 'Evaluation',
  order: 'direct',
  subject: modelOf,
  steps: [
    step('started', 'started', 'start', [], 2 * HOUR),
    step('progress', 'in progress', 'progress', ['started', 'progress'], 2 * HOUR),
    step('completed', 'completed', 'end', ['started', 'progress']),
    step('failed', 'failed', 'failure', ['started', 'progress']),
  ],
};

/** A stalled sync may still come through, or be given up for a new one without further word. */
const sync: Lifecycle = {
  label: 'Sync',
  order: 'direct',
  subject: (payload) => {
    const source = nameIn(payload['source']);
    return source === null ? null : `${nameIn(payload['sync_type']) ?? 'any'} from ${source}`;
  },
  steps: [
    step('started', 'started', 'start', [], 30 * MINUTE),
    step('stalled', 'stalled', 'failure', ['started', 'stalled']),
    step('completed', 'completed', 'end', ['started', 'stalled']),
    step('failed', 'failed', 'failure', ['started', 'stalled']),
  ],
};

const recovery: Lifecycle = {
  label: 'Recovery',
  order: 'direct',
  subject: (payload) => {
    const target = nameIn(payload['target']);
    return target === null ? null : `${nameIn(payload['recovery_type']) ?? 'any'} ${target}`;
  },
  steps: [
    step('initiated', 'initiated', 'start', [], HOUR),
    step('completed', 'completed', 'end', ['initiated']),
    step('failed', 'failed', 'failure', ['initiated']),
  ],
};

/** A piece of work may wait long in its queue, and goes back there for each further attempt. */
const work: Lifecycle = {
  label: 'Work',
  order: 'direct',
  subject: (payload) => nameIn(payload['work_id']),
  steps: [
    step('queued', 'queued', 'start', ['cancelled', 'timed_out', 'failed']),
    step('claimed', 'claimed', 'progress', ['queued', 'retried', 'timed_out'], 30 * MINUTE),
    step('started', 'started', 'progress', ['claimed'], 4 * HOUR),
    step('completed', 'completed', 'end', ['started']),
    step(
      'retried',
      'back for another attempt',
      'progress',
      ['claimed', 'started', 'timed_out', 'failed'],
      4 * HOUR,
    ),
    step('failed', 'failed', 'failure', ['claimed', 'started', 'retried', 'timed_out']),
    step('timed_out', 'timed out', 'failure', ['claimed', 'started']),
    step('cancelled', 'cancelled', 'end', ['queued', 'claimed', 'started', 'retried']),
  ],
};

/** The way of a board's data to a new champion. Games and syncs go on all the time, beside everything that follows. */
const pipeline: Lifecycle = {
  label: 'Pipeline',
  order: 'ever',
  subject: configOf,
  steps: [
    step('selfplay', 'selfplay', 'start', []),
    step('new_games', 'new games', 'progress', ['selfplay']),
    step('sync', 'synced', 'progress', ['new_games']),
    step('export', 'exported', 'progress', ['new_games', 'sync']),
    step('threshold', 'training triggered', 'progress', ['export'], HOUR),
    step('training', 'training', 'progress', ['threshold'], 12 * HOUR),
    step('trained', 'trained', 'progress', ['training'], 2 * HOUR),
    step('evaluated', 'evaluated', 'progress', ['trained']),
    step('promoted', 'promoted', 'progress', ['evaluated'], HOUR),
    step('distributed', 'distributed', 'end', ['promoted']),
  ],
};

/** The order that each lifecycle promises. A step out of order, or an overdue one, is a finding for operators, never a refusal. */
export const LIFECYCLES: Readonly<Record<LifecycleId, Lifecycle>> = {
  training,
  evaluation,
  sync,
  recovery,
  work,
  pipeline,
};

/**
 * Whether a subject that passed these steps (oldest first; empty: nothing seen yet) may take the next one. For a lifecycle
 * of direct order the last step suffices. Unknown steps never fit.
 */
export function mayFollow(id: LifecycleId, passed: readonly string[], next: string): boolean {
  const { order, steps } = LIFECYCLES[id];
  const rule = steps.find((candidate) => candidate.id === next);
  if (rule === undefined) return false;
  if (order === 'ever')
    return rule.after.length === 0 || rule.after.some((before) => passed.includes(before));
  const last = passed.at(-1);
  if (last === undefined) return rule.role === 'start';
  return rule.after.length === 0 ? isClosed(id, last) : rule.after.includes(last);
}

/** Whether a lifecycle that got to this step is over, so that a new one of the same subject may start. */
export function isClosed(id: LifecycleId, stepId: string): boolean {
  const role = LIFECYCLES[id].steps.find((candidate) => candidate.id === stepId)?.role;
  return role === 'end' || role === 'failure';
}
