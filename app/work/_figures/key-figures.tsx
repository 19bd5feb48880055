'use client';

import { useEntity, useTopic } from '@/app/_client/live/live-provider';
import { EventLink } from '@/components/live/event-link';
import { useNow } from '@/components/ui/time/clock';
import { formatCount, formatPlural } from '@/components/ui/format';
import { Stat } from '@/components/ui/panel/stat';
import type { Tone } from '@/components/ui/signs/tone';
import type { DaemonsEntity, ServiceState } from '@/domain/projections/daemons/entities';
import { stands } from '@/domain/projections/work/deadlocks';
import type {
  DeadlockEntity,
  LockEntity,
  QueueEntity,
  TasksEntity,
} from '@/domain/projections/work/entities';
import { FigureHint } from './figure-hint';
import { FigureLink } from './figure-link';
import { resourcesHint } from './headline';
import { QueueFigures } from './queue-figures';
import { isPressing } from '@/domain/projections/nodes/pressure';
import { SERVICE_TONE } from '../tones';

/** Whether work flows, and what stands in its way: the same on every tab. */
export function KeyFigures() {
  const queue = useEntity<QueueEntity>('work.queue', 'queue');
  const tasks = useEntity<TasksEntity>('work.tasks', 'tasks');
  const daemons = useEntity<DaemonsEntity>('daemons.summary', 'summary');
  if (queue === undefined || tasks === undefined || daemons === undefined) return null;
  return (
    <section
      aria-label="Key figures"
      className="grid min-w-0 grid-cols-2 gap-x-4 gap-y-3 rounded-md border bg-surface p-3 sm:grid-cols-3 xl:grid-cols-5"
    >
      <QueueFigures queue={queue} />
      <TaskFigures tasks={tasks} />
      <LockFigures />
      <DaemonFigures daemons={daemons} />
    </section>
  );
}

function TaskFigures({ tasks }: { tasks: TasksEntity }) {
  return (
    <Stat
      label="Orphaned tasks"
      value={
        <FigureLink to={{ tab: 'tasks', tasks: ['orphaned'] }} title="Show orphaned tasks">
          {formatCount(tasks.states.orphaned)}
        </FigureLink>
      }
      unit={`of ${formatCount(tasks.states.orphaned + tasks.states.running)} under way`}
      hint={
        <FigureHint tone={tasks.states.orphaned > 0 ? 'bad' : null}>
          {formatCount(tasks.totals.orphaned)} ever, {formatCount(tasks.totals.abandoned)} abandoned
          {tasks.last_orphaned !== null && (
            <>
              ; last <EventLink event={tasks.last_orphaned} />
            </>
          )}
        </FigureHint>
      }
    />
  );
}

function LockFigures() {
  const locks = [...useTopic<LockEntity>('work.locks').values()];
  const knots = [...useTopic<DeadlockEntity>('work.deadlocks').values()];
  const held = locks.filter(({ state }) => state === 'held').length;
  const timeouts = locks.reduce((sum, each) => sum + each.timeouts, 0);
  const now = useNow();
  const open = knots.filter((knot) => stands(knot, now)).length;
  return (
    <Stat
      label="Locks held"
      value={
        <FigureLink to={{ tab: 'tasks' }} title="Show locks">
          {formatCount(held)}
        </FigureLink>
      }
      unit={`of ${formatCount(locks.length)}`}
      hint={
        <FigureHint tone={open > 0 ? 'crit' : null}>
          {formatCount(open)} of {formatPlural(knots.length, 'deadlock')} open,{' '}
          {formatPlural(timeouts, 'timeout')}
        </FigureHint>
      }
    />
  );
}

function DaemonFigures({ daemons }: { daemons: DaemonsEntity }) {
  const { states } = daemons;
  const all = Object.values(states).reduce((sum, each) => sum + each, 0);
  const troubled = (['failed', 'overdue', 'unhealthy', 'degraded', 'stopped'] as const).filter(
    (each) => states[each] > 0,
  );
  const [pressed, noticed] = pressureOf(daemons);
  return (
    <>
      <Stat
        label="Daemons and coordinators"
        value={
          <FigureLink to={{ tab: 'daemons' }} title="Show daemons and coordinators">
            {formatCount(states.running)}
          </FigureLink>
        }
        unit={`of ${formatCount(all)} running`}
        hint={
          <FigureHint tone={worstTone(troubled)}>
            {troubled.length === 0
              ? 'none overdue, degraded or down'
              : troubled.map((each) => `${states[each]} ${each}`).join(', ')}
          </FigureHint>
        }
      />
      <Stat
        label="Backpressure"
        className="col-span-2 sm:col-span-1"
        value={
          <FigureLink to={{ tab: 'daemons' }} title="Show resources">
            {formatCount(pressed)}
          </FigureLink>
        }
        unit={pressed === 1 ? 'node high or critical' : 'nodes high or critical'}
        hint={resourcesHint(noticed, daemons.idle, daemons.constrained)}
      />
    </>
  );
}

/** Nodes whose backpressure holds work back, as the nodes' page counts them, and those where it is only noticed. */
function pressureOf({ backpressure }: DaemonsEntity): [pressing: number, noticed: number] {
  let [pressing, noticed] = [0, 0];
  for (const [level, nodes] of backpressure) {
    if (isPressing(level)) pressing += nodes;
    else noticed += nodes;
  }
  return [pressing, noticed];
}

function worstTone(troubled: readonly ServiceState[]): Tone | null {
  const [worst] = troubled;
  return worst === undefined || worst === 'stopped' ? null : SERVICE_TONE[worst];
}
