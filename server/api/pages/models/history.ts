import { valuePhrase } from '../../../../domain/events/text/text-match';
import type { StoredEvent } from '../../../../domain/events/envelope';
import type { Json } from '../../../../domain/json';
import { encodeCursor } from '../../../history/search/cursor';
import type { History } from '../../../history/types';

/** All that the models' pages ask of history. */
export type Reader = Pick<History, 'query'>;

/** Events read from the beginning of a model's life, and from its end. */
const SIDE = 400;
const NAMED = 200;

/** Types whose events may name a model that they are not about: what it came back for, was measured against, lost its cache with. */
const NAMING_TYPES = [
  'PROMOTION_ROLLED_BACK',
  'TRAINING_ROLLBACK_COMPLETED',
  'EVALUATION_COMPLETED',
  'CACHE_INVALIDATED',
  'TRAINING_STARTED',
  'CROSSBOARD_PROMOTION',
] as const;

const isFirst = (event: StoredEvent): boolean => event.duplicateOf === null;
const byTime = (a: StoredEvent, b: StoredEvent): number => a.timestamp - b.timestamp || a.seq - b.seq;

/** History is searched by words, so it cannot find a model whose id has no letter and no digit. */
export function isSearchable(model: string): boolean {
  return valuePhrase(model) !== null;
}

/** What history holds about a model, oldest first, without repeated rows; of a very long life its beginning and its end. */
export async function eventsOf(
  history: Reader,
  model: string,
): Promise<{ events: StoredEvent[]; total: number }> {
  const filter = { model: [model] };
  const start = await history.query(filter, { order: 'asc', limit: SIDE });
  const end =
    start.nextCursor === null
      ? null
      : await history.query(filter, { order: 'desc', limit: SIDE, count: false });
  const bySeq = new Map([...start.events, ...(end?.events ?? [])].map((event) => [event.seq, event]));
  return { events: [...bySeq.values()].filter(isFirst).sort(byTime), total: start.total };
}

/** The newest events about other models that name this one, oldest first. */
export async function eventsNaming(history: Reader, model: string): Promise<StoredEvent[]> {
  const { events } = await history.query(
    { q: model, type: NAMING_TYPES },
    { order: 'desc', limit: NAMED, count: false },
  );
  return events
    .filter((event) => isFirst(event) && event.model !== model && names(event, model))
    .sort(byTime);
}

/** The search finds beginnings of words and words apart; here the whole value counts. */
function names({ payload }: StoredEvent, model: string): boolean {
  return Object.values<Json>(payload).some(
    (value) => value === model || (Array.isArray(value) && value.includes(model)),
  );
}

/** How the training job that made a model began, oldest first. */
export async function eventsOfJob(history: Reader, job: string): Promise<StoredEvent[]> {
  if (!isSearchable(job)) return [];
  const type = ['TRAINING_THRESHOLD_REACHED', 'TRAINING_STARTED'];
  const { events } = await history.query({ q: job, type }, { order: 'desc', limit: 50, count: false });
  return events.filter((event) => isFirst(event) && event.payload['job_id'] === job).sort(byTime);
}

/** The newest event of a type about a config that had happened when `event` did; null for none. Looks back from there only. */
export async function newestBefore(
  history: Reader,
  type: string,
  config: string,
  event: StoredEvent,
): Promise<StoredEvent | null> {
  const cursor = encodeCursor(event.seq, 'desc');
  const { events } = await history.query(
    { type: [type], config: [config], until: event.timestamp },
    { order: 'desc', limit: 5, cursor, count: false },
  );
  return events.filter(isFirst).sort(byTime).at(-1) ?? null;
}
