import type { Column } from '@/components/table/columns';
import { Badge } from '@/components/ui/signs/badge';
import { Elapsed } from '@/components/ui/time/elapsed';
import { formatCount, formatDuration, formatFixed, NONE } from '@/components/ui/format';
import { Spark } from '@/components/ui/values/spark';
import { Time } from '@/components/ui/time/time';
import type { TrainingRunEntity } from '@/domain/projections/training/entities';
import { epochText, ModelLink, RunLink, RunStatus, TrendBadge } from '../looks';

type Row = TrainingRunEntity;

/** Seconds from start to end; null where one of them is missing. */
function took({ started_at: from, ended_at: to }: Row): number | null {
  return from === null || to === null || to < from ? null : to - from;
}

function Took({ run }: { run: Row }) {
  const seconds = took(run);
  if (seconds !== null) return formatDuration(seconds);
  return run.status === 'running' && run.started_at !== null ? <Elapsed at={run.started_at} /> : NONE;
}

/** Where the loss goes matters until the run has ended. */
const UNDER_WAY: ReadonlySet<Row['status']> = new Set(['running', 'silent']);

/** What else there is to say of how it stands: in words, so that a copy of the table has it too. */
function remarks({ status, stopped, rollback, trend }: Row): string[] {
  return [
    ...(trend === null || !UNDER_WAY.has(status) ? [] : [trend]),
    ...(stopped === null ? [] : [`stopped early: ${stopped}`]),
    ...(rollback === null ? [] : [rollback === 'completed' ? 'rolled back' : 'rollback needed']),
  ];
}

/** The status, and the gravest that there is to add; the copied value has all of it. */
function Standing({ run }: { run: Row }) {
  return (
    <span className="flex items-center gap-1">
      <RunStatus status={run.status} />
      {run.trend !== null && UNDER_WAY.has(run.status) && <TrendBadge trend={run.trend} />}
      {run.stopped !== null && run.rollback === null && (
        <Badge tone="off" title={`Stopped early: ${run.stopped}`}>
          early
        </Badge>
      )}
      {run.rollback !== null && (
        <Badge tone="bad" shape title="Its model was found worse than the one before">
          {run.rollback === 'completed' ? 'rolled back' : 'rollback needed'}
        </Badge>
      )}
    </span>
  );
}

/** The model that a run gave; of a failed one, why it gave none. */
function Outcome({ run }: { run: Row }) {
  if (run.model_id !== null || run.error === null || run.status !== 'failed')
    return <ModelLink modelId={run.model_id} />;
  return (
    <span className="block max-w-34 truncate text-bad" title={run.error}>
      {run.error}
    </span>
  );
}

const figure = (
  id: string,
  header: string,
  value: (run: Row) => number | null,
  show: (value: number | null) => string,
  more: Partial<Column<Row>> = {},
): Column<Row> => ({ id, header, align: 'right', value, cell: (run) => show(value(run)), ...more });

/** A zero that says nothing is a dash: what is not zero stands out. */
const orNone = (value: number | null): string => (value === 0 ? NONE : formatCount(value));
const loss = (value: number | null): string => formatFixed(value, 4);

export const RUN_COLUMNS: readonly Column<Row>[] = [
  {
    id: 'run',
    header: 'Run',
    value: ({ job_id }) => job_id,
    cell: ({ job_id }) => <RunLink jobId={job_id} className="block max-w-42 truncate sm:max-w-64" />,
  },
  {
    id: 'status',
    header: 'Status',
    value: (run) => [run.status, ...remarks(run)].join('; '),
    cell: (run) => <Standing run={run} />,
  },
  {
    id: 'began',
    header: 'Started',
    hint: 'Start of the training; of a queued run, when it was decided on',
    value: ({ started_at, triggered_at }) => started_at ?? triggered_at,
    time: true,
    cell: ({ started_at, triggered_at }) => {
      const at = started_at ?? triggered_at;
      return at === null ? NONE : <Time at={at} format="minute" className="whitespace-nowrap" />;
    },
  },
  {
    id: 'took',
    header: 'Took',
    hint: 'Start to end; of a run under way, how long it has run. Copied in seconds',
    align: 'right',
    value: took,
    cell: (run) => <Took run={run} />,
  },
  {
    id: 'epoch',
    header: 'Epoch',
    align: 'right',
    value: ({ epoch }) => epoch,
    cell: (run) => epochText(run),
  },
  figure('val', 'Val. loss', ({ val_loss }) => val_loss, loss, {
    hint: 'Validation loss of the newest epoch',
  }),
  {
    id: 'best',
    header: 'Best, epoch',
    hint: 'Lowest validation loss (without any: lowest training loss), and its epoch',
    align: 'right',
    value: ({ best_loss }) => best_loss,
    cell: ({ best_loss, best_epoch }) => (
      <>
        {loss(best_loss)} <span className="inline-block min-w-5 text-faint">{best_epoch ?? ''}</span>
      </>
    ),
  },
  {
    id: 'curve',
    header: 'Curve',
    hint: 'Loss over the epochs. Sorts by the pace: seconds an epoch',
    value: ({ epoch_seconds }) => epoch_seconds,
    cell: ({ spark }) =>
      spark.length < 2 ? (
        NONE
      ) : (
        <Spark values={spark} label="Loss over the epochs" zeroBased={false} width={56} height={16} />
      ),
  },
  {
    id: 'outcome',
    header: 'Model or error',
    value: ({ model_id, error }) => model_id ?? error,
    cell: (run) => <Outcome run={run} />,
  },
  figure('anomalies', 'Anomalies', ({ anomalies }) => anomalies, orNone),
  {
    id: 'node',
    header: 'Node',
    value: ({ node }) => node,
    cell: ({ node }) => <span className="font-mono whitespace-nowrap text-dim">{node ?? NONE}</span>,
  },
];
