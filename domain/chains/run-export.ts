import { nameIn } from '../events/derived/derive';
import type { StoredEvent } from '../events/envelope';
import { byTime } from './order';
import type { Find, Found, Lookup } from './types';

/** The catalogue's flow: an export, then the threshold that sets off the training. */
export const EXPORTS: readonly string[] = ['NPZ_EXPORT_STARTED', 'NPZ_EXPORT_COMPLETE'];
const THRESHOLD = 'TRAINING_THRESHOLD_REACHED';
const WITHIN = 3600;
/** Exports and thresholds of a config within an hour are few. */
const SIDE = 40;

const pathOf = (event: StoredEvent): string | null => nameIn(event.payload['output_path']);
const jobIn = (event: StoredEvent): string | null => nameIn(event.payload['job_id']);

/** The exports of the config that stood last when the run was triggered, its beginning and its end. */
export function exportBefore(own: readonly StoredEvent[], find: Find): readonly StoredEvent[] {
  const trigger = own.find(({ eventType }) => eventType === THRESHOLD);
  if (trigger?.config == null) return [];
  const { config } = trigger;
  const { events } = nearest({ types: [THRESHOLD, ...EXPORTS], config }, trigger, find);
  const before = events
    .filter((each) => each.config === config && each.seq !== trigger.seq && byTime(each, trigger) <= 0)
    .filter(({ timestamp }) => trigger.timestamp - timestamp <= WITHIN)
    .sort(byTime);
  // What came before the threshold of an earlier run is that run's.
  const earlier = before.findLastIndex(({ eventType }) => eventType === THRESHOLD);
  // Exports seldom name a job; one that names another is that one's.
  const exports = before
    .slice(earlier + 1)
    .filter((each) => EXPORTS.includes(each.eventType))
    .filter((each) => [null, jobIn(trigger)].includes(jobIn(each)));
  const last = exports.at(-1);
  if (last === undefined) return [];
  return exports.filter(
    (each) => each.seq === last.seq || (pathOf(each) !== null && pathOf(each) === pathOf(last)),
  );
}

/** The job of the first threshold of the config after an export; null where none came in time. */
export function runAfterExport(event: StoredEvent, find: Find): string | null {
  if (event.config === null) return null;
  const { events } = nearest({ types: [THRESHOLD], config: event.config }, event, find);
  const next = events
    .filter((each) => each.config === event.config && byTime(each, event) >= 0)
    .filter(({ timestamp }) => timestamp - event.timestamp <= WITHIN)
    .sort(byTime)[0];
  return next === undefined ? null : jobIn(next);
}

function nearest(lookup: Lookup, event: StoredEvent, find: Find): Found {
  const near = find({ ...lookup, near: true }, event, WITHIN, SIDE);
  return near.moreBefore || near.moreAfter ? find(lookup, event, WITHIN, SIDE) : near;
}
