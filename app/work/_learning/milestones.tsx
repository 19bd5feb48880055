import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { ConfigName } from '@/components/ui/names/config-name';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { Tone } from '@/components/ui/signs/tone';
import type { Milestone } from '@/domain/projections/learning';
import type { LearningRecord } from '@/server/api/pages/learning';
import { When } from './changes';

const KINDS: Readonly<Record<Milestone['kind'], { label: string; tone: Tone }>> = {
  tier: { label: 'tier advanced', tone: 'ok' },
  mastered: { label: 'opponent mastered', tone: 'ok' },
  exploration: { label: 'exploration adjusted', tone: 'info' },
  boost: { label: 'exploration boosted', tone: 'busy' },
};

const words = (text: string | null): string | null => text?.replaceAll('_', ' ') ?? null;

const COLUMNS: readonly Column<Milestone>[] = [
  {
    id: 'kind',
    header: 'What',
    value: (row) => KINDS[row.kind].label,
    cell: (row) => (
      <Badge tone={KINDS[row.kind].tone} shape>
        {KINDS[row.kind].label}
      </Badge>
    ),
  },
  {
    id: 'at',
    header: 'When',
    value: (row) => row.t,
    time: true,
    cell: (row) => <When seq={row.s} at={row.t} />,
  },
  {
    id: 'config',
    header: 'Config',
    value: (row) => row.config,
    cell: (row) => <ConfigName name={row.config} />,
  },
  {
    id: 'change',
    header: 'Change',
    value: (row) => [words(row.from), words(row.to)].filter(Boolean).join(' → ') || null,
  },
  { id: 'reason', header: 'Reason', value: (row) => words(row.reason) },
];

/** Tiers, opponents and exploration, newest first. */
export function MilestonesPanel({ record }: { record: LearningRecord | undefined }) {
  const rows = record?.milestones ?? [];
  const total = record?.milestones_total ?? 0;
  const hint =
    total > rows.length ? `newest ${formatCount(rows.length)} of ${formatCount(total)}` : undefined;
  return (
    <Panel title="Tiers, opponents and exploration" hint={hint} flush>
      <DataTable
        label="Steps of the curriculum"
        rows={rows}
        rowKey={(row) => row.id}
        columns={COLUMNS}
        initialSort={{ id: 'at', desc: true }}
        maxHeight="22rem"
        empty={
          <Empty title={record === undefined ? 'Asking for the record…' : 'No step of the curriculum'}>
            {record !== undefined &&
              'CURRICULUM_ADVANCED, OPPONENT_MASTERED, EXPLORATION_ADJUSTED and EXPLORATION_BOOST of the configs and the time above make rows.'}
          </Empty>
        }
      />
    </Panel>
  );
}
