import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { formatDuration, NONE } from '@/components/ui/format';
import { Time } from '@/components/ui/time/time';
import { STAGES } from '@/domain/realtime/entities';
import type { RunRow } from '@/server/api/pages/pipeline/runs';
import { DURATION_LABEL, STAGE_LABEL, STATUS_TONE } from '../labels';

/** The runs of the waterfall as figures: what each hop took. */
export function RunsTable({ runs }: { runs: readonly RunRow[] }) {
  return (
    <DataTable
      label="Runs"
      rows={runs}
      rowKey={({ run_id }) => run_id}
      columns={COLUMNS}
      initialSort={{ id: 'started', desc: true }}
      filter
      maxHeight="36rem"
    />
  );
}

const duration = (seconds: number | null) =>
  seconds === null ? <span className="text-faint">{NONE}</span> : formatDuration(seconds);

const COLUMNS: readonly Column<RunRow>[] = [
  {
    id: 'run',
    header: 'Run',
    value: ({ run_id }) => run_id,
    cell: ({ run_id }) => (
      <span className="block max-w-42 truncate font-mono sm:max-w-none" title={run_id}>
        {run_id}
      </span>
    ),
  },
  {
    id: 'model',
    header: 'Model',
    value: ({ model_id }) => model_id,
    cell: ({ model_id }) => <span className="font-mono">{model_id ?? NONE}</span>,
  },
  {
    id: 'status',
    header: 'Status',
    value: ({ status }) => status.replaceAll('_', ' '),
    cell: ({ status }) => (
      <Badge tone={STATUS_TONE[status]} shape>
        {status.replaceAll('_', ' ')}
      </Badge>
    ),
  },
  {
    id: 'node',
    header: 'Node',
    hint: 'where it trained',
    value: ({ node }) => node,
    cell: ({ node }) => <span className="font-mono whitespace-nowrap text-dim">{node ?? NONE}</span>,
  },
  {
    id: 'started',
    header: 'Triggered',
    hint: 'when the run began',
    value: ({ started_at }) => started_at,
    time: true,
    cell: ({ started_at }) => <Time at={started_at} className="whitespace-nowrap text-dim" />,
  },
  ...STAGES.map((stage): Column<RunRow> => ({
    id: stage,
    header: STAGE_LABEL[stage],
    hint: `${DURATION_LABEL[stage].means}; copied in seconds`,
    align: 'right',
    value: ({ hops }) => hops.find((hop) => hop.stage === stage)?.took ?? null,
    cell: ({ hops }) => duration(hops.find((hop) => hop.stage === stage)?.took ?? null),
  })),
  {
    id: 'lead',
    header: 'Data to champion',
    hint: `${DURATION_LABEL.lead.means}; copied in seconds`,
    align: 'right',
    value: ({ lead_seconds }) => lead_seconds,
    cell: ({ lead_seconds }) => duration(lead_seconds),
  },
];
