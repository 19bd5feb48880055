import { useTopic } from '@/app/_client/live/live-provider';
import { EventLink } from '@/components/live/event-link';
import { useNow } from '@/components/ui/time/clock';
import { Elapsed } from '@/components/ui/time/elapsed';
import { formatCount, formatDuration, formatPercent, humanise } from '@/components/ui/format';
import { Spark } from '@/components/ui/values/spark';
import { Stat } from '@/components/ui/panel/stat';
import { StatusDot } from '@/components/ui/signs/status-dot';
import type { DeadlockEntity, QueueEntity, Spread } from '@/domain/projections/work/entities';
import { FigureHint } from './figure-hint';
import { FigureLink } from './figure-link';
import { headlineOf } from './headline';

/** The figures of the queue: does it flow, what waits, what came of it. */
export function QueueFigures({ queue }: { queue: QueueEntity }) {
  const { states, last_hour: hour } = queue;
  const bad = hour.failed + hour.timed_out;
  return (
    <>
      <WorkFigure queue={queue} />
      <Stat
        label="Waiting"
        value={
          <FigureLink to={{ tab: 'queue', state: ['queued', 'retried'] }} title="Show what waits">
            {formatCount(states.queued + states.retried)}
          </FigureLink>
        }
        unit={<OldestWaiting queue={queue} />}
        hint={
          <FigureHint tone={states.retried > states.queued ? 'warn' : null}>
            {formatCount(states.queued)} new, {formatCount(states.retried)} back for another attempt
          </FigureHint>
        }
      />
      <Stat
        label="In work"
        value={
          <FigureLink to={{ tab: 'queue', state: ['running', 'claimed'] }} title="Show what is in work">
            {formatCount(states.running + states.claimed)}
          </FigureLink>
        }
        hint={`${formatCount(states.running)} running, ${formatCount(states.claimed)} claimed`}
      />
      <Stat
        label="Done"
        value={
          <span className="flex items-center gap-2">
            <FigureLink to={{ tab: 'queue', state: ['done'] }} title="Show what was done">
              {formatCount(hour.completed)}
            </FigureLink>
            <Spark values={queue.spark_done} label="Done per minute over 30 minutes" width={56} height={16} />
          </span>
        }
        unit="in 1 h"
        hint={`${formatCount(hour.queued)} came in`}
      />
      <Stat
        label="Failed or timed out"
        value={
          <FigureLink to={{ tab: 'queue', state: ['failed', 'timed_out'] }} title="Show what ended badly">
            {formatCount(bad)}
          </FigureLink>
        }
        unit={
          bad + hour.completed === 0 ? 'in 1 h' : `in 1 h, ${formatPercent(bad / (bad + hour.completed))}`
        }
        hint={<LastFailure queue={queue} />}
      />
      <Stat
        label="Wait until claimed"
        value={formatDuration(queue.wait.p50)}
        unit="median"
        hint={`p95 ${formatDuration(queue.wait.p95)}; ${ofNewest(queue.wait)}`}
      />
    </>
  );
}

function WorkFigure({ queue: { flow } }: { queue: QueueEntity }) {
  const knots = useTopic<DeadlockEntity>('work.deadlocks');
  const { tone, label, deadlock } = headlineOf(flow, knots.values(), useNow());
  const state = <StatusDot tone={tone} label={label} />;
  return (
    <Stat
      label="Work"
      className="col-span-2 sm:col-span-1"
      value={
        deadlock === null ? (
          state
        ) : (
          <FigureLink to={{ tab: 'tasks' }} title="Show deadlocks">
            {state}
          </FigureLink>
        )
      }
      hint={
        deadlock === null ? (
          <span title={flow.reason}>{grouped(flow.reason)}</span>
        ) : (
          <>
            {deadlock.locks.join(', ') || 'locks not named'} for <Elapsed at={deadlock.at} />; otherwise{' '}
            {humanise(flow.state).toLowerCase()}
          </>
        )
      }
    />
  );
}

/** The server tells figures plain; they are grouped like all others. */
function grouped(text: string): string {
  return text.replace(/\d{4,}/g, (digits) => formatCount(Number(digits)));
}

function OldestWaiting({ queue }: { queue: QueueEntity }) {
  const { oldest_queued: queued, oldest_retried: retried } = queue;
  const oldest = Math.min(queued ?? Infinity, retried ?? Infinity);
  if (oldest === Infinity) return null;
  return (
    <>
      oldest <Elapsed at={oldest} />
    </>
  );
}

function LastFailure({ queue }: { queue: QueueEntity }) {
  if (queue.last_failure === null) return 'none so far';
  return (
    <>
      last <EventLink event={queue.last_failure} />
    </>
  );
}

function ofNewest({ samples }: Spread): string {
  return samples === 0 ? 'none measured' : `of the newest ${formatCount(samples)}`;
}
