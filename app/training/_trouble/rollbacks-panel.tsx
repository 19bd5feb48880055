'use client';

import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { Tone } from '@/components/ui/signs/tone';
import type { RollbackRow } from '@/server/api/pages/training/overview';
import { ModelLink, RunLink } from '../looks';

/** Models that turned out worse than what they replaced, and the way back. */
export function RollbacksPanel({ rows }: { rows: readonly RollbackRow[] }) {
  return (
    <Panel title="Rollbacks" hint="from a model that turned out worse to an earlier one" flush>
      <DataTable
        label="Rollbacks"
        rows={rows}
        rowKey={({ model_id }) => model_id}
        columns={COLUMNS}
        initialSort={SORT}
        maxHeight="20rem"
        empty={
          <Empty title="No rollback in this stretch">
            One appears with its TRAINING_ROLLBACK_NEEDED or TRAINING_ROLLBACK_COMPLETED.
          </Empty>
        }
      />
    </Panel>
  );
}

const SORT = { id: 'needed', desc: true } as const;

const SEVERITIES: ReadonlyMap<string, Tone> = new Map<string, Tone>([
  ['minor', 'warn'],
  ['moderate', 'warn'],
  ['severe', 'bad'],
  ['critical', 'crit'],
]);

function seconds({ needed, completed }: RollbackRow): number | null {
  return needed === null || completed === null ? null : completed.timestamp - needed.timestamp;
}

const COLUMNS: readonly Column<RollbackRow>[] = [
  {
    id: 'model',
    header: 'From model',
    value: ({ model_id }) => model_id,
    cell: ({ model_id }) => <ModelLink modelId={model_id} />,
  },
  { id: 'to', header: 'Back to', value: ({ to }) => to, cell: ({ to }) => <ModelLink modelId={to} /> },
  {
    id: 'severity',
    header: 'Severity',
    value: ({ severity }) => severity,
    cell: ({ severity }) =>
      severity === null ? (
        NONE
      ) : (
        <Badge tone={SEVERITIES.get(severity) ?? 'off'} shape>
          {severity}
        </Badge>
      ),
  },
  {
    id: 'reason',
    header: 'Reason',
    value: ({ reason }) => reason?.replaceAll('_', ' ') ?? null,
    cell: ({ reason }) => <span className="whitespace-nowrap">{reason?.replaceAll('_', ' ') ?? NONE}</span>,
  },
  {
    id: 'needed',
    header: 'Needed',
    value: ({ needed }) => needed?.timestamp ?? null,
    time: true,
    cell: ({ needed }) => <EventLink event={needed} className="whitespace-nowrap" />,
  },
  {
    id: 'took',
    header: 'Done after',
    hint: 'Copied in seconds',
    align: 'right',
    value: seconds,
    cell: (row) => {
      const took = seconds(row);
      return took === null ? (
        row.completed === null ? (
          'not yet'
        ) : (
          NONE
        )
      ) : (
        <EventLink event={row.completed}>{formatDuration(took)}</EventLink>
      );
    },
  },
  {
    id: 'run',
    header: 'Trained by',
    value: ({ job_id }) => job_id,
    cell: ({ job_id }) =>
      job_id === null ? NONE : <RunLink jobId={job_id} className="block max-w-48 truncate" />,
  },
];
