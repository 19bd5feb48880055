import type { StoredEvent } from '../../events/envelope';
import { evictLowest } from '../shared/bounds';
import { firstName, nameField } from '../shared/fields';
import { idsUnder } from '../shared/ids';
import { isNotOlder } from '../shared/order';
import { minuteStart } from './silence';

/** Pieces of work remembered per node, under way or lately ended. */
const MAX_DUTIES = 12;
/** Work of which nothing was heard for so long is not called current any more: its end was lost. */
const FORGOTTEN_AFTER_S = 6 * 3600;
const MAX_LABELS = 3;

/** A piece of work of a node. `t`, `s`: the newest event about it. */
export type Duty = {
  t: number;
  s: number;
  open: boolean;
  /** Taken from the node for something more urgent: that it is then reported as failed is how the queue gives it back. */
  preempted: boolean;
  what: string;
  /** What it is about: a config, a model. */
  about: string | null;
  since: number;
};

/** By `<kind>:<id>`. */
export type Duties = Map<string, Duty>;

type Kind = 'work' | 'training' | 'evaluation';
type Step = { kind: Kind; id: readonly string[]; open: boolean; what?: string };

/** A piece of work is heard of several times in a row, so its key is put together once. */
const KEYS: Readonly<Record<Kind, (id: string) => string>> = {
  work: idsUnder('work'),
  training: idsUnder('training'),
  evaluation: idsUnder('evaluation'),
};

/** How each type of event moves a piece of work; the id is the first of the fields that is there. */
const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['WORK_CLAIMED', { kind: 'work', id: ['work_id'], open: true }],
  ['WORK_STARTED', { kind: 'work', id: ['work_id'], open: true }],
  ['WORK_COMPLETED', { kind: 'work', id: ['work_id'], open: false }],
  ['WORK_FAILED', { kind: 'work', id: ['work_id'], open: false }],
  ['WORK_TIMEOUT', { kind: 'work', id: ['work_id'], open: false }],
  // The attempt is over; the next one is claimed anew, perhaps elsewhere.
  ['WORK_RETRY', { kind: 'work', id: ['work_id'], open: false }],
  ['JOB_PREEMPTED', { kind: 'work', id: ['job_id', 'work_id'], open: false }],
  ['WORK_CANCELLED', { kind: 'work', id: ['work_id'], open: false }],
  ['TRAINING_STARTED', { kind: 'training', id: ['job_id'], open: true, what: 'training' }],
  ['TRAINING_PROGRESS', { kind: 'training', id: ['job_id'], open: true, what: 'training' }],
  ['TRAINING_COMPLETED', { kind: 'training', id: ['job_id'], open: false, what: 'training' }],
  ['TRAINING_FAILED', { kind: 'training', id: ['job_id'], open: false, what: 'training' }],
  ['EVALUATION_STARTED', { kind: 'evaluation', id: ['model_id'], open: true, what: 'evaluation' }],
  ['EVALUATION_PROGRESS', { kind: 'evaluation', id: ['model_id'], open: true, what: 'evaluation' }],
  ['EVALUATION_COMPLETED', { kind: 'evaluation', id: ['model_id'], open: false, what: 'evaluation' }],
  ['EVALUATION_FAILED', { kind: 'evaluation', id: ['model_id'], open: false, what: 'evaluation' }],
]);

export const DUTY_TYPES: readonly string[] = [...STEPS.keys()];

/** True when the node is known to have worked on what the event is about. */
export function hasDuty(duties: Duties, event: StoredEvent): boolean {
  const step = STEPS.get(event.eventType);
  const id = step === undefined ? null : firstName(event.payload, step.id);
  return step !== undefined && id !== null && duties.has(KEYS[step.kind](id));
}

/** True when the node was working on what the event is about until that was preempted. */
export function wasPreempted(duties: Duties, event: StoredEvent): boolean {
  const step = STEPS.get(event.eventType);
  const id = step === undefined ? null : firstName(event.payload, step.id);
  return step !== undefined && id !== null && duties.get(KEYS[step.kind](id))?.preempted === true;
}

/** True when the event may have changed what the node is working on. */
export function foldDuty(duties: Duties, event: StoredEvent): boolean {
  const step = STEPS.get(event.eventType);
  if (step === undefined) return false;
  const id = firstName(event.payload, step.id);
  if (id === null) return false;
  const key = KEYS[step.kind](id);
  const known = duties.get(key);
  if (known === undefined) {
    duties.set(key, dutyOf(step, event));
    evictLowest(duties, MAX_DUTIES, heardAt);
    return true;
  }
  known.since = Math.min(known.since, event.timestamp);
  known.about ??= event.config;
  if (known.what === '') known.what = nameField(event.payload, 'work_type') ?? '';
  if (isNotOlder(event, known)) heard(known, event, step.open);
  return true;
}

/** Ends that others than the node itself tell of; its own tell of every piece of work that it ends. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  ...['TRAINING_COMPLETED', 'TRAINING_FAILED', 'EVALUATION_COMPLETED', 'EVALUATION_FAILED'],
  ...['WORK_TIMEOUT', 'WORK_RETRY', 'WORK_CANCELLED', 'JOB_PREEMPTED'],
]);

export const isToldElsewhere = ({ eventType }: StoredEvent): boolean => TOLD_ELSEWHERE.has(eventType);

/**
 * Ends what the event is about, should the node with these duties work on it: by its id, or without one all of its kind for
 * the config. Null where the event names neither. Made once per event, asked of every node.
 */
export function endOf(event: StoredEvent): ((duties: Duties) => boolean) | null {
  const step = STEPS.get(event.eventType);
  if (step === undefined || step.open) return null;
  const id = firstName(event.payload, step.id);
  if (id !== null) {
    const key = KEYS[step.kind](id);
    return (duties) => end(duties.get(key), event);
  }
  const { what } = step;
  const { config } = event;
  return what === undefined || config === null ? null : (duties) => endAll(duties, what, config, event);
}

function endAll(duties: Duties, what: string, config: string, event: StoredEvent): boolean {
  let ended = false;
  for (const duty of duties.values())
    if (duty.what === what && duty.about === config) ended = end(duty, event) || ended;
  return ended;
}

function end(duty: Duty | undefined, event: StoredEvent): boolean {
  if (duty?.open !== true || !isNotOlder(event, duty)) return false;
  heard(duty, event, false);
  return true;
}

function heard(duty: Duty, event: StoredEvent, open: boolean): void {
  duty.t = event.timestamp;
  duty.s = event.seq;
  duty.open = open;
  duty.preempted = isPreemption(event) || (duty.preempted && !open);
}

const isPreemption = ({ eventType }: StoredEvent): boolean => eventType === 'JOB_PREEMPTED';

/** Over before under way, and the longest silent first. */
const heardAt = ({ t, open }: Duty): number => (open ? t : t - FORGOTTEN_AFTER_S);

function dutyOf(step: Step, event: StoredEvent): Duty {
  return {
    t: event.timestamp,
    s: event.seq,
    open: step.open,
    preempted: isPreemption(event),
    what: step.what ?? nameField(event.payload, 'work_type') ?? '',
    about: event.config,
    since: event.timestamp,
  };
}

/** Noticed at the full minute, when everything is looked through. */
function isForgotten({ t }: Duty, clock: number): boolean {
  return minuteStart(clock) > t + FORGOTTEN_AFTER_S;
}

/** A piece of work under way, with its id. */
export type CurrentDuty = { id: string; what: string; about: string | null; since: number };

/** What is under way, longest first. */
export function currentDuties(duties: Duties, clock: number): CurrentDuty[] {
  const current: CurrentDuty[] = [];
  for (const [key, duty] of duties) {
    const { what, about, since } = duty;
    if (!duty.open || isForgotten(duty, clock)) continue;
    current.push({ id: key.slice(key.indexOf(':') + 1), what: what === '' ? 'work' : what, about, since });
  }
  return current.sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
}

/** The same in a few words, the commonest first: `training hex8_2p`; by kind alone where it is a lot: `selfplay ×9`. */
export function dutyLabels(duties: Duties, clock: number): string[] {
  const current = currentDuties(duties, clock);
  const counts = new Map<string, number>();
  for (const { what, about } of current) {
    const label = about === null || current.length > MAX_LABELS ? what : `${what} ${about}`;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const labels = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return labels.slice(0, MAX_LABELS).map(([label, count]) => (count > 1 ? `${label} ×${count}` : label));
}

/** True when the labels change between two moments because work is given up for lost. */
export function dutiesExpire(duties: Duties, before: number | null, now: number | null): boolean {
  if (before === null || now === null) return false;
  for (const duty of duties.values()) {
    if (duty.open && isForgotten(duty, now) && !isForgotten(duty, before)) return true;
  }
  return false;
}
