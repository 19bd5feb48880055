import type { StoredEvent } from '../events/envelope';
import { nameIn } from '../events/derived/derive';
import { byTime } from './order';
import type { Find } from './types';

/** Reports about a training that name its config, but often no job. */
export const ATTRIBUTED: readonly string[] = [
  'TRAINING_PROGRESS',
  'TRAINING_LOSS_ANOMALY',
  'TRAINING_LOSS_TREND',
  'TRAINING_EARLY_STOPPED',
  'TRAINING_FAILED',
];
const STEPS: readonly string[] = ['TRAINING_STARTED', 'TRAINING_COMPLETED', ...ATTRIBUTED];
const ENDS: ReadonlySet<string> = new Set(['TRAINING_COMPLETED', 'TRAINING_FAILED']);
const LONGEST = 24 * 3600;
/** Events arrive nearly in the order in which they happen: so many places of history may lie between. */
const LATE = 500;

const job = (event: StoredEvent): string | null => nameIn(event.payload['job_id']);

/** The job of the run of its config that was under way when an event happened that names none; null where none was. */
export function runOfConfigAt(event: StoredEvent, find: Find): string | null {
  if (event.config === null || job(event) !== null) return null;
  const { config } = event;
  const last = (near: boolean): StoredEvent | undefined =>
    find({ types: ['TRAINING_STARTED'], config, near }, event, LONGEST, 20)
      .events.filter((each) => each.config === config && each.timestamp <= event.timestamp)
      .sort(byTime)
      .at(-1);
  const started = last(true) ?? last(false);
  return started === undefined ? null : job(started);
}

/**
 * The reports without a job that came while the run lasted. Where another run of the config shows in that time, nobody can
 * tell whose they are: then none are taken.
 */
export function withoutJob(own: readonly StoredEvent[], id: string, find: Find): readonly StoredEvent[] {
  const started = own.find(({ eventType }) => eventType === 'TRAINING_STARTED');
  if (started?.config == null) return [];
  const ended = own.find(({ eventType }) => ENDS.has(eventType));
  const last = own.at(-1)?.timestamp ?? started.timestamp;
  const until = ended?.timestamp ?? last;
  const seqs = own.map(({ seq }) => seq);
  const between = [Math.min(...seqs) - LATE, Math.max(...seqs) + LATE] as const;
  const { events } = find({ types: STEPS, config: started.config, between }, started, LONGEST);
  const during = events.filter(
    (each) =>
      each.config === started.config &&
      STEPS.includes(each.eventType) &&
      each.timestamp >= started.timestamp &&
      each.timestamp <= until,
  );
  if (during.some((each) => job(each) !== null && job(each) !== id)) return [];
  return during.filter((each) => job(each) === null);
}
