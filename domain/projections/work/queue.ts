import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { nameField } from '../shared/fields';
import { newerRef } from '../shared/order';
import type { WorkStep } from './entities';
import { count, groupAt, groupOf, inState } from './groups';
import { measure, noteOf, valueOf, WAITING, workIdOf, WORK_RULES, type WorkLife } from './items';
import { find, oldestOf, record, sweep, type Watcher } from './ledger';
import { addSample, takeSample, type Samples } from './spread';
import type { Group, WorkProjectionState } from './state';
import { addDepth, addFlow, slotNumber, type Depth, type Timeline } from './timeline';

const BAD: ReadonlySet<WorkStep> = new Set<WorkStep>(['failed', 'timed_out']);

export function foldWork(
  state: WorkProjectionState,
  event: StoredEvent,
  step: WorkStep,
  clock: number,
  touch: Touch,
): void {
  touch('work.queue', 'queue');
  state.last = newerRef(state.last, event);
  if (BAD.has(step)) state.lastFailure = newerRef(state.lastFailure, event);
  const id = workIdOf(event);
  if (id === null) {
    const group = groupOf(state, nameField(event.payload, 'work_type'));
    touch('work.types', group.name);
    countStep(state, group, { t: event.timestamp, step, counted: false }, 1);
    return;
  }
  const before = find(state.work, id)?.group;
  const what = { id, step, note: noteOf(event), value: valueOf(step, event) };
  const life = record(state.work, WORK_RULES, event, what, clock, watcher(state, touch));
  if (before !== undefined && before !== life.group) regroup(state, life, before);
  takeTimes(state, life);
  // The report that gives a preempted job back is not a second end.
  if (step === 'failed' && life.state === 'preempted') return;
  const own = life.steps.findLast(({ s }) => s === event.seq);
  if (own !== undefined) countStep(state, groupAt(state, life.group), own, 1);
}

type Countable = Pick<WorkLife['steps'][number], 't' | 'step' | 'counted'>;

function countStep(state: WorkProjectionState, group: Group | undefined, step: Countable, by: 1 | -1): void {
  if (group === undefined) return;
  step.counted = by === 1;
  state.totals[step.step] += by;
  group.totals[step.step] += by;
  addFlow(state.minutes, step.t, group.index, step.step, by);
  addFlow(state.fives, step.t, group.index, step.step, by);
}

/** An event told the type only after others were counted under none (or another): they move. */
function regroup(state: WorkProjectionState, life: WorkLife, before: number): void {
  const from = groupAt(state, before);
  const to = groupAt(state, life.group);
  if (from === undefined || to === undefined) return;
  for (const step of life.steps) {
    if (step.counted) {
      countStep(state, from, step, -1);
      countStep(state, to, step, 1);
    }
    if (step.measured === null) continue;
    const kind = WAITING.has(step.step) ? 'wait' : 'run';
    const sample = takeSample(listOf(from, kind), step.s);
    if (sample !== undefined) addSample(listOf(to, kind), sample);
  }
}

/** A step that came late may shorten a wait or a run that was measured already: then it is measured anew. */
function takeTimes(state: WorkProjectionState, life: WorkLife): void {
  for (const { kind, step, end, seconds } of measure(life)) {
    const lists = [listOf(state, kind), listOf(groupAt(state, life.group), kind)];
    for (const list of lists) {
      if (step.measured !== null) takeSample(list, step.s);
      addSample(list, { t: end, s: step.s, v: seconds });
    }
    step.measured = seconds;
  }
}

function listOf(from: { waits: Samples; runs: Samples } | undefined, kind: 'wait' | 'run'): Samples {
  if (from === undefined) return new Map();
  return kind === 'wait' ? from.waits : from.runs;
}

type WorkWatcher = Watcher<WorkLife['state'], WorkStep>;

let watching: { state: WorkProjectionState; touch: Touch; watcher: WorkWatcher } | null = null;

/** Keeps the counts per type with the pieces of work. Made once and not per event: state and `touch` are the same as long as the server runs. */
function watcher(state: WorkProjectionState, touch: Touch): WorkWatcher {
  if (watching?.state !== state || watching.touch !== touch)
    watching = { state, touch, watcher: newWatcher(state, touch) };
  return watching.watcher;
}

function newWatcher(state: WorkProjectionState, touch: Touch): WorkWatcher {
  return {
    left(life) {
      const group = groupAt(state, life.group);
      count(group, life.state, -1);
      if (group !== undefined) touch('work.types', group.name);
    },
    entered(life) {
      const group = groupOf(state, life.kind.v);
      life.group = group.index;
      count(group, life.state, 1);
      touch('work.types', group.name);
    },
  };
}

/** A new minute: the depth is noted, hourly figures lose their oldest minute, and what fell silent is lost. */
export function tickWork(
  state: WorkProjectionState,
  before: number | null,
  clock: number,
  touch: Touch,
): void {
  if (state.groups.size === 0) return;
  noteDepth(state, before, clock);
  sweep(state.work, WORK_RULES, clock, watcher(state, touch));
  touch('work.queue', 'queue');
  for (const name of state.groups.keys()) touch('work.types', name);
}

/** After hours without events the depth is noted at both ends of them: it did not change in between. */
function noteDepth(state: WorkProjectionState, before: number | null, clock: number): void {
  const depth = depthOf(state);
  for (const line of [state.minutes, state.fives]) {
    const now = slotNumber(line, clock);
    const last = before === null ? now : slotNumber(line, before);
    if (now === last && before !== null) continue;
    if (last + 1 < now) noteAt(line, last + 1, depth);
    noteAt(line, now, depth);
  }
}

function noteAt(line: Timeline, number: number, depth: Depth): void {
  addDepth(line, number, depth);
}

export function depthOf(state: WorkProjectionState): Depth {
  const groups = [...state.groups.values()];
  return {
    waiting: groups.map((group) => inState(group, 'queued') + inState(group, 'retried')),
    running: groups.map((group) => inState(group, 'claimed') + inState(group, 'running')),
    oldest: oldestOf(state.work.live.values(), (life) => life.state === 'queued' || life.state === 'retried'),
  };
}
