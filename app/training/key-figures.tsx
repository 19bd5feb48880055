import { Panel } from '@/components/ui/panel/panel';
import { formatCount, formatDuration, formatPercent, formatPlural } from '@/components/ui/format';
import { Stat } from '@/components/ui/panel/stat';
import type { TrainingConfigEntity, TrainingRunEntity } from '@/domain/projections/training/entities';
import type { TrainingOverview } from '@/server/api/pages/training/overview';

/** The state of training in one line: what runs, how it ends, how long it takes, what holds it up. */
export function KeyFigures({
  runs,
  overview,
  blocked,
}: {
  runs: readonly TrainingRunEntity[];
  overview: TrainingOverview;
  blocked: readonly TrainingConfigEntity[];
}) {
  const of = (status: TrainingRunEntity['status']): number =>
    runs.filter((run) => run.status === status).length;
  const { counts } = overview;
  const ended = counts.completed + counts.failed;
  const share = (part: number, whole: number): string =>
    whole === 0 ? 'none' : `${formatPercent(part / whole)} of ${formatCount(whole)}`;
  return (
    <Panel title="Runs" hint="of the configs and the stretch of time above">
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-7">
        <Stat
          label="Under way"
          value={formatCount(of('running'))}
          hint={`${formatCount(of('queued'))} queued, ${formatCount(of('silent'))} silent`}
        />
        <Stat
          label="Completed"
          value={formatCount(counts.completed)}
          hint={`${share(counts.completed, ended)} ended`}
        />
        <Stat
          label="Failed"
          value={formatCount(counts.failed)}
          hint={`${share(counts.failed, ended)} ended`}
        />
        <Stat
          label="Stopped early"
          value={formatCount(counts.stopped)}
          hint={`${share(counts.stopped, counts.completed)} completed`}
        />
        <Stat
          label="Training takes"
          value={formatDuration(overview.median_seconds)}
          hint="median, start to completion"
        />
        <Stat
          label="Loss anomalies"
          value={formatCount(counts.anomalies)}
          hint={`in ${formatPlural(counts.anomalous, 'run')}`}
        />
        <Stat
          label="Blocked by quality"
          value={formatCount(blocked.length)}
          unit={blocked.length === 1 ? 'config' : 'configs'}
          hint={
            blocked.length === 0
              ? 'none waits for better data'
              : blocked.map(({ config }) => config).join(', ')
          }
        />
      </div>
    </Panel>
  );
}
