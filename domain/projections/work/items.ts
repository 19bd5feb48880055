import type { StoredEvent } from '../../events/envelope';
import { firstName, lineField, nameField, numberField } from '../shared/fields';
import type { WorkState, WorkStep } from './entities';
import type { Life, LifeRules } from './life';

export type WorkLife = Life<WorkState, WorkStep>;

const ENDS: ReadonlySet<WorkState> = new Set<WorkState>([
  'done',
  'failed',
  'timed_out',
  'cancelled',
  'preempted',
  'lost',
]);
const AFTER: Readonly<Record<WorkStep, WorkState>> = {
  queued: 'queued',
  claimed: 'claimed',
  started: 'running',
  completed: 'done',
  retried: 'retried',
  failed: 'failed',
  timed_out: 'timed_out',
  cancelled: 'cancelled',
  preempted: 'preempted',
};

/**
 * Clocks of machines differ by moments, so a step that cannot follow changes nothing: done stays done until it is queued
 * anew, and what runs is not merely claimed. After any other end a claim is another attempt. A preempted job that is then
 * reported as failed stays preempted: that is how the queue gives it back.
 */
function next(state: WorkState | null, step: WorkStep): WorkState {
  const after = AFTER[step];
  if (state === 'done' && step !== 'queued' && step !== 'retried' && step !== 'failed') return state;
  if (step === 'claimed' && state === 'running') return state;
  if (step === 'started' && state !== null && ENDS.has(state)) return state;
  if (step === 'failed' && state === 'preempted') return state;
  return after;
}

export const WORK_RULES: LifeRules<WorkState, WorkStep> = {
  next,
  isEnded: (state) => ENDS.has(state),
  lost: 'lost',
  pulse: null,
  kindFields: ['work_type'],
  liveLimit: 5_000,
  endedLimit: 500,
};

/** What an event type says of a piece of work. */
export const WORK_EVENTS: ReadonlyMap<string, WorkStep> = new Map<string, WorkStep>([
  ['WORK_QUEUED', 'queued'],
  ['WORK_CLAIMED', 'claimed'],
  ['WORK_STARTED', 'started'],
  ['WORK_COMPLETED', 'completed'],
  ['WORK_RETRY', 'retried'],
  ['WORK_FAILED', 'failed'],
  ['WORK_TIMEOUT', 'timed_out'],
  ['WORK_CANCELLED', 'cancelled'],
  ['JOB_PREEMPTED', 'preempted'],
]);

/** Null for an event that does not say which piece of work it is about. */
export function workIdOf({ eventType, payload }: StoredEvent): string | null {
  return eventType === 'JOB_PREEMPTED'
    ? firstName(payload, ['job_id', 'work_id'])
    : nameField(payload, 'work_id');
}

export function noteOf({ payload }: StoredEvent): string | null {
  return lineField(payload, 'error') ?? lineField(payload, 'reason');
}

const VALUE_FIELDS: Readonly<Partial<Record<WorkStep, string>>> = {
  completed: 'duration',
  retried: 'attempt',
  timed_out: 'timeout_seconds',
};

export function valueOf(step: WorkStep, { payload }: StoredEvent): number | null {
  const field = VALUE_FIELDS[step];
  return field === undefined ? null : numberField(payload, field);
}

export const WAITING: ReadonlySet<WorkStep> = new Set<WorkStep>(['queued', 'retried']);

/** A wait or a run of a piece of work: the step it is measured for, when it ended, and seconds. */
export type Measured = {
  kind: 'wait' | 'run';
  step: WorkLife['steps'][number];
  end: number;
  seconds: number;
};

/** The waits and runs that the steps tell otherwise than was measured so far: a wait from its beginning, a run from its completion. */
export function measure({ steps }: WorkLife): readonly Measured[] {
  let found: Measured[] | null = null;
  for (let index = 0; index < steps.length; index += 1) {
    const one = measuredAt(steps, index);
    if (one !== null) (found ??= []).push(one);
  }
  return found ?? NOTHING;
}

const NOTHING: readonly Measured[] = [];

function measuredAt(steps: WorkLife['steps'], index: number): Measured | null {
  const step = steps[index];
  if (step === undefined) return null;
  if (WAITING.has(step.step)) {
    const next = steps[index + 1];
    if (next?.step !== 'claimed' && next?.step !== 'started') return null;
    const waited = next.t - step.t;
    return waited === step.measured ? null : { kind: 'wait', step, end: next.t, seconds: waited };
  }
  const seconds = step.step === 'completed' ? runOf(steps, index) : null;
  return seconds === null || seconds === step.measured ? null : { kind: 'run', step, end: step.t, seconds };
}

/** How long a completed attempt ran: what the completion reports, else since it started (or was claimed). */
export function runOf(steps: WorkLife['steps'], end: number): number | null {
  const reported = steps[end]?.value;
  if (reported != null && reported >= 0) return reported;
  const start = lastBefore(steps, end, 'started') ?? lastBefore(steps, end, 'claimed');
  const ended = steps[end];
  return start === undefined || ended === undefined ? null : ended.t - start.t;
}

function lastBefore(
  steps: WorkLife['steps'],
  end: number,
  wanted: WorkStep,
): WorkLife['steps'][number] | undefined {
  for (let index = end - 1; index >= 0; index -= 1) {
    const step = steps[index];
    if (step === undefined || WAITING.has(step.step)) return undefined;
    if (step.step === wanted) return step;
  }
  return undefined;
}

/** How often it was tried: claims (or starts without one), or what a retry says it was. */
export function attemptsOf({ steps }: WorkLife): number {
  const taken = (wanted: WorkStep): number => steps.filter(({ step }) => step === wanted).length;
  const said = steps.map(({ step, value }) => (step === 'retried' ? (value ?? 0) : 0));
  return Math.max(taken('claimed'), taken('started'), ...said);
}
