'use client';

import { useEventTime } from '@/app/_client/live/live-provider';
import { Elapsed } from '@/components/ui/time/elapsed';
import { formatCount, formatDuration, formatFixed, formatPlural, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Stat } from '@/components/ui/panel/stat';
import type { RunDetail } from '@/server/api/pages/training/run';
import { epochText } from '../looks';
import { remainingOf } from '../_runs/remaining';

/** How far, how good, how fast. */
export function RunFigures({ run }: { run: RunDetail }) {
  const { entity } = run;
  return (
    <Panel title="Progress" hint={<Basis run={run} />}>
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-7">
        <Stat label="Epoch" value={epochText(entity)} hint={stopText(run)} />
        {entity.ended_at === null ? <Left run={run} /> : <Took run={run} />}
        <Stat
          label="Validation loss"
          value={formatFixed(entity.val_loss, 4)}
          hint={
            run.final.val_loss === null
              ? 'of the last epoch'
              : `${formatFixed(run.final.val_loss, 4)} told at the end`
          }
        />
        <Stat
          label="Best loss"
          value={formatFixed(entity.best_loss, 4)}
          hint={entity.best_epoch === null ? 'no loss told' : `at epoch ${entity.best_epoch}`}
        />
        <Stat label="Training loss" value={formatFixed(entity.train_loss, 4)} hint={gap(run)} />
        <Stat
          label="An epoch takes"
          value={formatDuration(entity.epoch_seconds)}
          hint={
            entity.epoch_low === null || entity.epoch_high === null
              ? 'not known yet'
              : `${formatDuration(entity.epoch_low)} to ${formatDuration(entity.epoch_high)}, last ${run.pace_epochs}`
          }
        />
        <Stat
          label="Throughput"
          value={formatCount(run.samples_per_second)}
          unit="samples/s"
          hint={run.samples_per_second === null ? 'no export with samples known' : 'if an epoch is one pass'}
        />
      </div>
    </Panel>
  );
}

function gap({ entity: { train_loss: train, val_loss: val } }: RunDetail): string {
  return train === null || val === null
    ? 'of the last epoch'
    : `validation ${formatFixed(val - train, 4)} above it`;
}

function stopText({ stop }: RunDetail): string {
  if (stop === null) return 'of those planned';
  return `stopped early: ${stop.reason}`;
}

function Took({ run }: { run: RunDetail }) {
  return (
    <Stat
      label="Took"
      value={formatDuration(run.seconds)}
      hint={run.seconds === null ? 'its start is not known' : 'start to end'}
    />
  );
}

function Left({ run: { entity } }: { run: RunDetail }) {
  const left = remainingOf(entity, useEventTime());
  const running =
    entity.started_at === null ? (
      'not started'
    ) : (
      <>
        running for <Elapsed at={entity.started_at} />
      </>
    );
  if (left === null) return <Stat label="Remaining" value={NONE} hint={running} />;
  const range = `${formatDuration(left.low)} to ${formatDuration(left.high)}`;
  return (
    <Stat
      label="Remaining"
      value={left.overdue === null ? `≈ ${formatDuration(left.seconds)}` : 'late'}
      hint={left.overdue === null ? range : `next epoch ${formatDuration(left.overdue)} late`}
    />
  );
}

/** What an estimate of the remaining time rests on. */
function Basis({ run: { entity, pace_epochs: epochs } }: { run: RunDetail }) {
  if (entity.ended_at !== null || entity.epoch_seconds === null) return null;
  return (
    <>
      remaining time: epochs left × the median of the last {formatPlural(epochs, 'epoch')}, counted from the
      newest event; stopping early ends it sooner
    </>
  );
}
