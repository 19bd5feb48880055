'use client';

import { useEventTime } from '@/app/_client/live/live-provider';
import { formatCount, formatDuration, formatFixed, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Spark } from '@/components/ui/values/spark';
import { Age } from '@/components/ui/time/time';
import type { TrainingRunEntity } from '@/domain/projections/training/entities';
import { epochText, RunLink, RunStatus, TrendBadge } from '../looks';
import { paceText, remainingOf } from './remaining';
import { isUnderWay } from './runs';

/** More would push everything else off the screen; the table lists them all. */
const SHOWN = 12;

/** The runs that go on now, each with its progress and what remains. */
export function UnderWay({ runs }: { runs: readonly TrainingRunEntity[] }) {
  const active = runs.filter(isUnderWay);
  const more = active.length - SHOWN;
  return (
    <Panel
      title="Under way"
      hint={
        more > 0
          ? `the newest ${SHOWN} of ${formatCount(active.length)}; all are in the table below`
          : undefined
      }
    >
      {active.length === 0 ? (
        <p className="text-xs text-faint">
          No run is under way. One appears with its TRAINING_THRESHOLD_REACHED or TRAINING_STARTED.
        </p>
      ) : (
        <ul className="grid min-w-0 gap-x-6 gap-y-4 md:grid-cols-2 2xl:grid-cols-4">
          {active.slice(0, SHOWN).map((run) => (
            <ActiveRun key={run.job_id} run={run} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ActiveRun({ run }: { run: TrainingRunEntity }) {
  const percent = run.epoch === null || run.total_epochs === null ? 0 : (run.epoch / run.total_epochs) * 100;
  return (
    <li className="flex min-w-0 flex-col gap-1 text-xs">
      <div className="flex min-w-0 items-center gap-2">
        <RunLink jobId={run.job_id} className="min-w-0 truncate font-medium" />
        <span className="ml-auto flex shrink-0 items-center gap-2">
          <Standing run={run} />
        </span>
      </div>
      <div className="truncate text-2xs text-faint">
        {run.config ?? 'no config'} on {run.node ?? 'an unknown node'}
        {run.started_at !== null && (
          <>
            , started <Age at={run.started_at} />
          </>
        )}
      </div>
      <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-raised">
        <div className="h-full bg-accent" style={{ width: `${Math.min(100, Math.max(0, percent))}%` }} />
      </div>
      <div className="flex min-w-0 flex-wrap items-baseline justify-between gap-x-3">
        <span className="shrink-0 whitespace-nowrap">epoch {epochText(run)}</span>
        <RemainingTime run={run} />
      </div>
      <Losses run={run} />
    </li>
  );
}

/** What is said of its loss, and when; on a phone the run's name needs the room. */
function Standing({ run: { status, trend, trend_at: told } }: { run: TrainingRunEntity }) {
  if (trend === null) return <RunStatus status={status} />;
  return (
    <>
      {told !== null && <Age at={told} className="text-2xs text-faint max-sm:hidden" />}
      <TrendBadge trend={trend} />
    </>
  );
}

function Losses({ run }: { run: TrainingRunEntity }) {
  const loss = run.val_loss ?? run.train_loss;
  // As high as what will stand here: the page below must not jump when the first epoch ends.
  if (loss === null) return <div aria-hidden className="h-4" />;
  return (
    <div className="flex min-w-0 items-center justify-between gap-3 text-dim">
      <span className="min-w-0">
        loss {formatFixed(loss, 4)}
        <span className="text-faint">
          {' '}
          · best {formatFixed(run.best_loss, 4)} at epoch {run.best_epoch ?? NONE}
        </span>
        {run.anomalies > 0 && (
          <span className="text-warn">
            {' '}
            · {run.anomalies} {run.anomalies === 1 ? 'anomaly' : 'anomalies'}
          </span>
        )}
      </span>
      <Spark values={run.spark} label="Loss over the epochs" zeroBased={false} width={64} height={16} />
    </div>
  );
}

/** What remains, by the run's own pace, counted from the newest event of the cluster. */
export function RemainingTime({ run }: { run: TrainingRunEntity }) {
  const left = remainingOf(run, useEventTime());
  if (left === null) {
    const pace = paceText(run);
    const why = whyUnknown(run);
    return <span className="truncate text-faint">{pace === null ? why : `${pace} an epoch`}</span>;
  }
  if (left.overdue !== null) {
    return (
      <span className="truncate text-warn" title={`${left.basis} an epoch`}>
        next epoch {formatDuration(left.overdue)} late
      </span>
    );
  }
  return (
    <span
      className="sm:text-right"
      title={`By its own pace: ${left.basis} an epoch. Stopping early ends it sooner.`}
    >
      <span className="explained">about {formatDuration(left.seconds)} left</span>
      <span className="text-faint"> · {left.basis}</span>
    </span>
  );
}

function whyUnknown({ status, epoch, total_epochs: total }: TrainingRunEntity): string {
  if (status === 'queued') return 'waits for its start';
  if (epoch === null) return 'no epoch yet';
  return total === null ? 'no total of epochs told' : 'pace known from its second epoch on';
}
