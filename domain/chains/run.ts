import { nameIn } from '../events/derived/derive';
import type { StoredEvent } from '../events/envelope';
import { byTime } from './order';
import { ATTRIBUTED, runOfConfigAt, withoutJob } from './run-config';
import { EXPORTS, exportBefore, runAfterExport } from './run-export';
import type { Draft, Find, Tie } from './types';

const SPAN = 7 * 24 * 3600;
const OTHER_MEANING = /^(TASK|WORK|JOB|IDLE)_/;

/** The training job that an event names, in a field of its own or in the path of a checkpoint. */
export function jobOf({ eventType, payload }: StoredEvent): string | null {
  if (OTHER_MEANING.test(eventType)) return null;
  const path = nameIn(payload['checkpoint_path']);
  return (
    nameIn(payload['job_id']) ??
    (path === null ? null : (/(?:^|\/)checkpoints\/([^/]+)\//.exec(path)?.[1] ?? null))
  );
}

/** The model that an event is about. A completed rollback is about the model that it took away, not the one it brought back. */
export function modelOfRun({ eventType, payload }: StoredEvent): string | null {
  return nameIn(payload[eventType === 'TRAINING_ROLLBACK_COMPLETED' ? 'rollback_from' : 'model_id']);
}

/** A training run, from the export before it to what became of its model. */
export function runChain(event: StoredEvent, find: Find): Draft | null {
  const { job, model } = identify(event, find);
  if (job === null && model === null) return null;
  const ties = new Map<number, Tie>();
  const add = (by: string, events: readonly StoredEvent[]): void => {
    for (const each of events) if (!ties.has(each.seq)) ties.set(each.seq, { event: each, by });
  };
  const ofJob = job === null ? NOTHING : find({ payload: job, rare: true }, event, SPAN);
  if (job !== null)
    add(
      'job id',
      [...ofJob.events, event].filter((each) => jobOf(each) === job),
    );
  const own = [...ties.values()].map((tie) => tie.event).sort(byTime);
  const ofModel = model === null ? NOTHING : find({ model, rare: true }, own.at(-1) ?? event, SPAN);
  if (model !== null) {
    const rolledBack = find(
      { types: ['TRAINING_ROLLBACK_COMPLETED'], payload: model, rare: true },
      event,
      SPAN,
    ).events;
    const all = [...ofModel.events, ...rolledBack, event].filter((each) => modelOfRun(each) === model);
    add('model id', ofOneTraining(all, job, event));
  }
  if (job !== null) {
    add('config, while the run lasted', withoutJob(own, job, find));
    add('last export of its config', exportBefore(own, find));
  }
  if (!ties.has(event.seq)) return null;
  return {
    kind: 'run',
    subject: job ?? model ?? '',
    ties: [...ties.values()],
    moreBefore: ofJob.moreBefore,
    moreAfter: ofJob.moreAfter || ofModel.moreAfter,
    awaits: [],
    aside: jobOf(event) === null,
  };
}

const NOTHING = { events: [], moreBefore: false, moreAfter: false } as const;
const COMPLETED = { types: ['TRAINING_COMPLETED'] } as const;

function identify(event: StoredEvent, find: Find): { job: string | null; model: string | null } {
  const job = jobOf(event) ?? jobAround(event, find);
  if (job !== null) {
    const ended = find({ ...COMPLETED, payload: job, rare: true }, event, SPAN).events.find(
      (each) => jobOf(each) === job,
    );
    return { job, model: modelOfRun(ended ?? event) };
  }
  const model = modelOfRun(event);
  if (model === null) return { job, model };
  const ended = find({ ...COMPLETED, model, rare: true }, event, SPAN).events.filter(
    (each) => modelOfRun(each) === model,
  );
  const nearest = trainingOf(ended, event);
  return { job: nearest && jobOf(nearest), model };
}

/** The job of an event that names neither job nor model. */
function jobAround(event: StoredEvent, find: Find): string | null {
  if (event.config === null || modelOfRun(event) !== null) return null;
  if (EXPORTS.includes(event.eventType)) return runAfterExport(event, find);
  return ATTRIBUTED.includes(event.eventType) ? runOfConfigAt(event, find) : null;
}

/** The training that an event of a model belongs to: the last one by then, or the first after it. */
function trainingOf(ended: readonly StoredEvent[], event: StoredEvent): StoredEvent | null {
  const sorted = [...ended].sort(byTime);
  return sorted.findLast((each) => byTime(each, event) <= 0) ?? sorted[0] ?? null;
}

/** A model id may be given again: then each training has what came after it, up to the next. */
function ofOneTraining(
  events: readonly StoredEvent[],
  job: string | null,
  event: StoredEvent,
): StoredEvent[] {
  const ended = events.filter(({ eventType }) => eventType === 'TRAINING_COMPLETED');
  const own = job === null ? trainingOf(ended, event) : (ended.find((each) => jobOf(each) === job) ?? null);
  return events.filter((each) => trainingOf(ended, each)?.seq === own?.seq && (jobOf(each) ?? job) === job);
}
