import type { ReactNode } from 'react';
import { formatCount, formatDuration, formatPlural, NONE } from '@/components/ui/format';
import { StatusDot } from '@/components/ui/signs/status-dot';
import { Stat } from '@/components/ui/panel/stat';
import type { DurationId, DurationRow } from '@/server/api/pages/pipeline/durations';
import { DURATION_LABEL } from './labels';

const SHOWN: readonly DurationId[] = ['lead', 'training_run', 'evaluation_run', 'distribution', 'sync_run'];

/** What the loop costs in time, over all configs asked for, and whether it moves. */
export function KeyFigures({
  all,
  running,
  stalls,
  seen,
}: {
  all: DurationRow | undefined;
  running: number;
  stalls: number;
  /** Has any stage been seen? Before that nothing is awaited, and nothing can be called well. */
  seen: boolean;
}) {
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 rounded-md border bg-surface p-3 sm:grid-cols-4 xl:grid-cols-7">
      <Stat
        label="Stalls"
        value={seen ? <StatusDot tone={stalls === 0 ? 'ok' : 'warn'} label={formatCount(stalls)} /> : NONE}
        hint={
          !seen
            ? 'no step seen yet'
            : stalls === 0
              ? 'every step within its time'
              : 'steps overdue, see below'
        }
      />
      <Stat label="Trainings under way" value={formatCount(running)} />
      {SHOWN.map((id) => (
        <Duration key={id} id={id} all={all} />
      ))}
    </div>
  );
}

function Duration({ id, all }: { id: DurationId; all: DurationRow | undefined }): ReactNode {
  const { name, means } = DURATION_LABEL[id];
  const found = all?.of[id];
  return (
    <div title={means} className="min-w-0">
      <Stat
        label={<span className="explained">{name}</span>}
        value={found === undefined ? NONE : formatDuration(found.p50)}
        unit={found === undefined ? undefined : 'p50'}
        hint={
          found === undefined
            ? 'none finished in this stretch'
            : `p95 ${formatDuration(found.p95)}, of ${formatPlural(found.runs, 'run')}`
        }
      />
    </div>
  );
}
