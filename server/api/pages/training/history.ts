import { toRow } from '../../../../domain/events';
import type { EventRow, StoredEvent } from '../../../../domain/events/envelope';
import type { States } from '../../../../domain/projections';
import { endOf, type Run } from '../../../../domain/projections/training';
import type { History } from '../../../history/types';

/** Events of a run that its page lists; the rest are a link away. */
const MAX_EVENTS = 400;
/** Longer tracebacks are cut in the middle: what was called first and what went wrong stand at the ends. */
const MAX_TRACEBACK = 60_000;

/** Types that tell of a run by config and time where they carry no job id. */
const TYPES = [
  ...['TRAINING_THRESHOLD_REACHED', 'TRAINING_STARTED', 'TRAINING_PROGRESS', 'TRAINING_EARLY_STOPPED'],
  ...['TRAINING_COMPLETED', 'TRAINING_FAILED', 'TRAINING_LOSS_ANOMALY', 'TRAINING_LOSS_TREND'],
  ...['CHECKPOINT_SAVED', 'CHECKPOINT_LOADED', 'HYPERPARAMETER_UPDATED', 'ADAPTIVE_PARAMS_CHANGED'],
];

/** `by`: the event carries the job id somewhere in its payload, or is of the run's config and time. */
export type RunEventRow = EventRow & { by: 'job' | 'time' };
export type RunEvents = {
  events: RunEventRow[];
  /** True when there are more than are listed. */
  more: boolean;
  /** What lists the events of the run's config and time on the events page; null for a run without a config. */
  span: { config: string; since: number; until: number | null; types: string[] } | null;
};

/** The newest events of a run, newest first: those that name its job, and those of its config while it ran. */
export async function runEvents(
  history: Pick<History, 'query'>,
  states: States,
  job: string,
): Promise<RunEvents> {
  const run = states.training.runs.get(job);
  const span = run === undefined ? null : spanOf(run);
  const ask = { order: 'desc', limit: MAX_EVENTS, count: false } as const;
  const [named, timed] = await Promise.all([
    history.query({ q: job }, ask),
    span && history.query(filterOf(span), ask),
  ]);
  const rows = new Map<string, RunEventRow>();
  for (const event of named.events)
    if (names(event, job)) rows.set(event.eventId, { ...toRow(event), by: 'job' });
  for (const event of timed?.events ?? []) {
    // Another run of the config may be in progress at the same time.
    if (rows.has(event.eventId) || namesOther(states, event, job)) continue;
    rows.set(event.eventId, { ...toRow(event), by: 'time' });
  }
  const events = [...rows.values()].sort((a, b) => b.timestamp - a.timestamp || b.seq - a.seq);
  const more =
    named.nextCursor !== null || (timed?.nextCursor ?? null) !== null || events.length > MAX_EVENTS;
  return { events: events.slice(0, MAX_EVENTS), more, span };
}

/** The word index finds texts that contain the words; only the exact id counts. */
function names(event: StoredEvent, job: string): boolean {
  return Object.values(event.payload).some(
    (value) => value === job || (typeof value === 'string' && value.split('/').includes(job)),
  );
}

function namesOther({ training }: States, { payload }: StoredEvent, job: string): boolean {
  const [other, path] = [payload['job_id'], payload['checkpoint_path']];
  if (typeof other === 'string') return other !== job;
  return typeof path === 'string' && path.split('/').some((part) => part !== job && training.runs.has(part));
}

function spanOf(run: Run): RunEvents['span'] {
  if (run.config === null) return null;
  return { config: run.config, since: run.begin, until: endOf(run), types: TYPES };
}

function filterOf({ config, since, until, types }: NonNullable<RunEvents['span']>) {
  return { config: [config], type: types, since, ...(until === null ? {} : { until }) };
}

/** What a failed run left behind; null where the event is unknown or carries none. */
export async function tracebackOf(history: Pick<History, 'byId'>, eventId: string): Promise<string | null> {
  const details = (await history.byId(eventId))?.payload['error_details'];
  if (typeof details !== 'string' || details.trim() === '') return null;
  if (details.length <= MAX_TRACEBACK) return details;
  const half = MAX_TRACEBACK / 2;
  const cut = details.length - MAX_TRACEBACK;
  return `${details.slice(0, half)}\n… ${cut} characters left out …\n${details.slice(-half)}`;
}
