import { minuteOf } from '../shared/clock';
import {
  LIVE_WORK_STATES,
  WORK_STATES,
  WORK_STEPS,
  type QueueEntity,
  type WorkItem,
  type WorkTypeEntity,
} from './entities';
import { flowOf } from './flow';
import { bandOf, BAND_NAMES, inState } from './groups';
import { attemptsOf, runOf, WAITING, type WorkLife } from './items';
import { countOf } from './ledger';
import { spread } from './spread';
import type { WorkProjectionState } from './state';
import { flowSeries, flowSum } from './timeline';

const SPARK_MINUTES = 30;
const HOUR_MINUTES = 60;

export function queueEntity(state: WorkProjectionState): QueueEntity {
  const minute = minuteOf(state.clock ?? 0);
  const waiting = waitingOf(state.work.live.values());
  const states = WORK_STATES.map((each) => [each, countOf(state.work, each)] as const);
  const series = (step: 'queued' | 'completed'): number[] =>
    flowSeries(state.minutes, minute, SPARK_MINUTES, null, step);
  return {
    flow: flowOf(state, earlier(waiting.oldest_queued, waiting.oldest_retried)),
    states: Object.fromEntries(states) as QueueEntity['states'],
    oldest_queued: waiting.oldest_queued,
    oldest_retried: waiting.oldest_retried,
    last_hour: flowSum(state.minutes, minute, HOUR_MINUTES, null),
    totals: { ...state.totals },
    lost: countOf(state.work, 'lost'),
    dropped: state.work.dropped,
    wait: spread(state.waits),
    run: spread(state.runs),
    spark_queued: series('queued'),
    spark_done: series('completed'),
    last: state.last,
    last_failure: state.lastFailure,
  };
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** What waits, in one pass over all that goes on: at most 5,000, up to ten times a second. */
function waitingOf(
  lives: Iterable<WorkLife>,
): Pick<WorkTypeEntity, 'oldest_queued' | 'oldest_retried' | 'bands'> {
  let oldestQueued = Infinity;
  let oldestRetried = Infinity;
  const bands = new Map<string, { waiting: number; oldest: number }>();
  for (const life of lives) {
    if (life.state === 'queued') oldestQueued = Math.min(oldestQueued, life.since);
    else if (life.state === 'retried') oldestRetried = Math.min(oldestRetried, life.since);
    else continue;
    const band = bandOf(life);
    const found = bands.get(band);
    if (found === undefined) bands.set(band, { waiting: 1, oldest: life.since });
    else {
      found.waiting += 1;
      found.oldest = Math.min(found.oldest, life.since);
    }
  }
  return {
    oldest_queued: oldestQueued === Infinity ? null : oldestQueued,
    oldest_retried: oldestRetried === Infinity ? null : oldestRetried,
    bands: BAND_NAMES.flatMap((band) => {
      const found = bands.get(band);
      return found === undefined ? [] : [{ band, ...found }];
    }),
  };
}

export function typeEntity(state: WorkProjectionState, name: string): WorkTypeEntity | undefined {
  const group = state.groups.get(name);
  // All that was counted under it turned out to be of another type.
  if (group === undefined || WORK_STEPS.every((step) => group.totals[step] === 0)) return undefined;
  const [queued = 0, retried = 0, claimed = 0, running = 0] = LIVE_WORK_STATES.map((each) =>
    inState(group, each),
  );
  return {
    work_type: name,
    queued,
    retried,
    claimed,
    running,
    ...waitingOf(queued + retried === 0 ? [] : ofGroup(state, group.index)),
    last_hour: flowSum(state.minutes, minuteOf(state.clock ?? 0), HOUR_MINUTES, group.index),
    totals: { ...group.totals },
    wait: spread(group.waits),
    run: spread(group.runs),
  };
}

function* ofGroup(state: WorkProjectionState, index: number): Iterable<WorkLife> {
  for (const life of state.work.live.values()) if (life.group === index) yield life;
}

/** A piece of work as tables and details show it. */
export function workItem(life: WorkLife): WorkItem {
  return {
    work_id: life.id,
    work_type: life.kind.v,
    state: life.state,
    since: life.since,
    heard_at: life.heardAt,
    priority: life.priority.v,
    config: life.config.v,
    node: life.node.v,
    attempts: attemptsOf(life),
    note: life.steps.findLast(({ note }) => note !== null)?.note ?? null,
    ...times(life),
    steps: life.steps.map(({ step, t, event, node, note, value }) => ({
      step,
      at: t,
      event_id: event,
      node,
      note,
      value,
    })),
  };
}

/** The newest attempt's wait until it was claimed, and its run until it ended; null where an end is not known. */
function times({ steps }: WorkLife): Pick<WorkItem, 'waited' | 'ran'> {
  const taken = steps.findLastIndex(
    ({ step }, index) =>
      (step === 'claimed' || step === 'started') && WAITING.has(steps[index - 1]?.step ?? 'completed'),
  );
  const queued = steps[taken - 1];
  const claim = steps[taken];
  const done = steps.findLastIndex(({ step }) => step === 'completed');
  return {
    waited: claim !== undefined && queued !== undefined ? Math.max(0, claim.t - queued.t) : null,
    ran: done === -1 ? null : runOf(steps, done),
  };
}
