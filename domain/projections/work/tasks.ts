import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { lineField, nameField, numberField } from '../shared/fields';
import { newerRef } from '../shared/order';
import { TASK_STATES, type TaskItem, type TasksEntity, type TaskState, type TaskStep } from './entities';
import { countOf, oldestOf, record, sweep } from './ledger';
import type { Life, LifeRules } from './life';
import type { WorkProjectionState } from './state';

type TaskLife = Life<TaskState, TaskStep>;

const ENDS: ReadonlySet<TaskState> = new Set<TaskState>(['done', 'failed', 'cancelled', 'abandoned', 'lost']);
const AFTER: Readonly<Record<TaskStep, TaskState>> = {
  spawned: 'running',
  heartbeat: 'running',
  completed: 'done',
  failed: 'failed',
  orphaned: 'orphaned',
  cancelled: 'cancelled',
  abandoned: 'abandoned',
};

/** An orphan is open until another worker beats for it or it ends; late heartbeats and reports do not revive what is over. */
const TASK_RULES: LifeRules<TaskState, TaskStep> = {
  next(state, step) {
    const over = state !== null && ENDS.has(state);
    return over && (step === 'heartbeat' || step === 'orphaned') ? state : AFTER[step];
  },
  isEnded: (state) => ENDS.has(state),
  lost: 'lost',
  pulse: 'heartbeat',
  kindFields: ['task_type'],
  liveLimit: 2_000,
  endedLimit: 500,
};

export const TASK_EVENTS: ReadonlyMap<string, TaskStep> = new Map<string, TaskStep>([
  ['TASK_SPAWNED', 'spawned'],
  ['TASK_HEARTBEAT', 'heartbeat'],
  ['TASK_COMPLETED', 'completed'],
  ['TASK_FAILED', 'failed'],
  ['TASK_ORPHANED', 'orphaned'],
  ['TASK_CANCELLED', 'cancelled'],
  ['TASK_ABANDONED', 'abandoned'],
]);

const NOBODY = { left: () => undefined, entered: () => undefined };

export function foldTask(
  state: WorkProjectionState,
  event: StoredEvent,
  step: TaskStep,
  clock: number,
  touch: Touch,
): void {
  touch('work.tasks', 'tasks');
  state.taskTotals[step] += 1;
  if (step === 'orphaned') state.lastOrphaned = newerRef(state.lastOrphaned, event);
  if (step === 'abandoned') state.lastAbandoned = newerRef(state.lastAbandoned, event);
  const id = nameField(event.payload, 'task_id');
  if (id === null) return;
  const note = lineField(event.payload, 'error') ?? lineField(event.payload, 'reason');
  record(state.tasks, TASK_RULES, event, { id, step, note, value: valueOf(step, event) }, clock, NOBODY);
}

function valueOf(step: TaskStep, { payload }: StoredEvent): number | null {
  if (step === 'heartbeat') return numberField(payload, 'progress');
  return step === 'orphaned' ? numberField(payload, 'last_heartbeat') : null;
}

export function tickTasks(state: WorkProjectionState, clock: number, touch: Touch): void {
  if (state.tasks.live.size === 0) return;
  sweep(state.tasks, TASK_RULES, clock, NOBODY);
  touch('work.tasks', 'tasks');
}

export function tasksEntity(state: WorkProjectionState): TasksEntity {
  const states = TASK_STATES.map((each) => [each, countOf(state.tasks, each)] as const);
  return {
    states: Object.fromEntries(states) as TasksEntity['states'],
    totals: { ...state.taskTotals },
    oldest_orphaned: oldestOf(state.tasks.live.values(), (life) => life.state === 'orphaned'),
    last_orphaned: state.lastOrphaned,
    last_abandoned: state.lastAbandoned,
  };
}

export function taskItem(life: TaskLife): TaskItem {
  const beat = life.steps.findLast(({ step }) => step === 'heartbeat');
  const said = life.steps.findLast(({ step }) => step === 'orphaned')?.value ?? null;
  return {
    task_id: life.id,
    task_type: life.kind.v,
    state: life.state,
    since: life.since,
    heard_at: life.heardAt,
    node: life.node.v,
    progress: beat?.value ?? null,
    last_heartbeat: beat?.t ?? said,
    note: life.steps.findLast(({ note }) => note !== null)?.note ?? null,
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
