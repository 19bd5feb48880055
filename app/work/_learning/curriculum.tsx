import { DataTable, type Column } from '@/components/table/data-table';
import { ConfigName } from '@/components/ui/names/config-name';
import { Empty } from '@/components/ui/panel/empty';
import { formatFixed, formatWinRate, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Spark } from '@/components/ui/values/spark';
import { Time } from '@/components/ui/time/time';
import type { CurriculumEntity } from '@/domain/projections/learning/entities';
import { When } from './changes';

const COLUMNS: readonly Column<CurriculumEntity>[] = [
  {
    id: 'config',
    header: 'Config',
    value: (row) => row.config,
    cell: (row) => <ConfigName name={row.config} />,
  },
  {
    id: 'weight',
    header: 'Weight',
    align: 'right',
    value: (row) => row.weight,
    cell: (row) => <span className="font-medium">{formatFixed(row.weight, 2)}</span>,
  },
  {
    id: 'weights',
    header: 'Trend',
    hint: 'The last 60 weights',
    value: () => null,
    cell: (row) =>
      row.weights.length < 2 ? (
        NONE
      ) : (
        <Spark values={row.weights} label={`Weights of ${row.config}, ${row.weights.length} points`} />
      ),
  },
  {
    id: 'weight_at',
    header: 'Weighed',
    hint: 'Leads to the event',
    value: (row) => row.weight_at,
    time: true,
    cell: (row) =>
      row.weight_seq === null || row.weight_at === null ? (
        NONE
      ) : (
        <When seq={row.weight_seq} at={row.weight_at} />
      ),
  },
  {
    id: 'rate',
    header: 'Selfplay rate',
    hint: 'Newest SELFPLAY_RATE_CHANGED',
    align: 'right',
    value: (row) => row.selfplay_rate,
    cell: (row) => formatFixed(row.selfplay_rate, 2),
  },
  { id: 'tier', header: 'Tier', value: (row) => row.tier?.replaceAll('_', ' ') ?? null },
  {
    id: 'exploration',
    header: 'Exploration',
    hint: 'How its selfplay explores',
    value: (row) => row.exploration?.replaceAll('_', ' ') ?? null,
  },
  {
    id: 'boost',
    header: 'Last boost',
    hint: 'Factor by which exploration was asked to grow',
    value: (row) => row.boost?.factor ?? null,
    cell: (row) => <Boost boost={row.boost} />,
  },
  {
    id: 'mastered',
    header: 'Opponents mastered',
    hint: 'With the win rate at that time',
    value: (row) => row.mastered.map(({ opponent }) => opponent).join(', ') || null,
    cell: (row) => <Mastered row={row} />,
  },
];

function Boost({ boost }: { boost: CurriculumEntity['boost'] }) {
  if (boost === null) return NONE;
  return (
    <span className="whitespace-nowrap" title={boost.reason?.replaceAll('_', ' ')}>
      {boost.factor === null ? 'boosted' : `× ${boost.factor}`} <span className="text-faint">at</span>{' '}
      <Time at={boost.at} className="text-dim" />
    </span>
  );
}

function Mastered({ row: { mastered } }: { row: CurriculumEntity }) {
  if (mastered.length === 0) return NONE;
  return (
    <span className="flex max-w-72 flex-wrap gap-x-2">
      {mastered.map(({ opponent, win_rate: rate }) => (
        <span key={opponent} className="whitespace-nowrap">
          <span className="font-mono">{opponent}</span>{' '}
          {rate !== null && <span className="text-faint">{formatWinRate(rate)}</span>}
        </span>
      ))}
    </span>
  );
}

/** Where each config stands in the curriculum. */
export function CurriculumPanel({ configs }: { configs: readonly CurriculumEntity[] }) {
  return (
    <Panel title="Curriculum now" hint="by config" flush>
      <DataTable
        label="Curriculum by config"
        rows={configs}
        rowKey={(row) => row.config}
        columns={COLUMNS}
        initialSort={{ id: 'config', desc: false }}
        maxHeight="24rem"
        empty={
          <Empty title="No curriculum yet">
            A config appears with its first CURRICULUM_REBALANCED, WEIGHT_UPDATED or EXPLORATION_ADJUSTED.
          </Empty>
        }
      />
    </Panel>
  );
}
