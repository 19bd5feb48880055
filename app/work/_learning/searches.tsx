import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { ConfigName } from '@/components/ui/names/config-name';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatDuration, formatFixed, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Spark } from '@/components/ui/values/spark';
import { Time } from '@/components/ui/time/time';
import type { Tone } from '@/components/ui/signs/tone';
import type { SearchEntity } from '@/domain/projections/learning/entities';
import { METHOD_NAMES } from './methods';

const TONES: Readonly<Record<SearchEntity['status'], Tone>> = {
  triggered: 'info',
  running: 'busy',
  completed: 'ok',
  failed: 'bad',
  silent: 'warn',
};

const COLUMNS: readonly Column<SearchEntity>[] = [
  {
    id: 'run',
    header: 'Run',
    value: (row) => row.run_id,
    cell: (row) => (
      <span className="block max-w-36 truncate font-mono" title={row.run_id ?? undefined}>
        {row.run_id ?? 'without an id'}
      </span>
    ),
  },
  {
    id: 'method',
    header: 'Method',
    value: (row) => METHOD_NAMES[row.method],
    cell: (row) => <span className="whitespace-nowrap">{METHOD_NAMES[row.method]}</span>,
  },
  {
    id: 'status',
    header: 'Status',
    hint: 'Silent: neither ended nor heard of for six hours',
    value: (row) => row.status,
    cell: (row) => (
      <Badge tone={TONES[row.status]} shape title={row.error ?? undefined}>
        {row.status}
      </Badge>
    ),
  },
  {
    id: 'config',
    header: 'Config',
    hint: 'Many searches do not say which config they are for',
    value: (row) => row.config,
    cell: (row) => <ConfigName name={row.config} className="text-dim" />,
  },
  {
    id: 'started',
    header: 'Started',
    value: (row) => row.started_at,
    time: true,
    cell: (row) => (
      <EventLink event={row.first} className="whitespace-nowrap">
        <Time at={row.started_at ?? row.first.timestamp} format="minute" />
      </EventLink>
    ),
  },
  {
    id: 'last',
    header: 'Last event',
    value: (row) => row.updated_at,
    time: true,
    cell: (row) => (
      <EventLink event={row.last} className="whitespace-nowrap">
        <Time at={row.updated_at} format="minute" />
      </EventLink>
    ),
  },
  {
    id: 'took',
    header: 'Took',
    hint: 'From the start to the end',
    align: 'right',
    value: tookOf,
    cell: (row) => formatDuration(tookOf(row)),
  },
  {
    id: 'generation',
    header: 'Generation',
    hint: 'Reached, of those planned',
    align: 'right',
    value: (row) => row.generation,
    cell: (row) =>
      `${formatCount(row.generation)}${row.generations === null ? '' : ` of ${formatCount(row.generations)}`}`,
  },
  {
    id: 'best',
    header: 'Best fitness',
    align: 'right',
    value: (row) => row.best_fitness,
    hint: 'So far, after how it rose from generation to generation',
    cell: (row) => (
      <span className="flex items-center justify-end gap-2">
        {row.fitness.length > 1 && (
          <Spark
            values={row.fitness}
            zeroBased={false}
            width={48}
            height={16}
            label={`Best fitness of ${row.run_id ?? row.method} by generation`}
          />
        )}
        {formatFixed(row.best_fitness, 4)}
      </span>
    ),
  },
  {
    id: 'improvement',
    header: 'Improvement',
    align: 'right',
    value: (row) => row.improvement,
    cell: (row) => formatFixed(row.improvement, 4),
  },
  {
    id: 'searched',
    header: 'Parameters',
    hint: 'Parameters searched',
    align: 'right',
    value: (row) => row.parameters_searched,
    cell: (row) => formatCount(row.parameters_searched),
  },
  {
    id: 'population',
    header: 'Population',
    align: 'right',
    value: (row) => row.population_size,
    cell: (row) => formatCount(row.population_size),
  },
  { id: 'reason', header: 'Reason', value: (row) => row.reason?.replaceAll('_', ' ') ?? null },
  {
    id: 'result',
    header: 'Found',
    hint: 'Best parameters or architecture so far; the reason of a failure',
    value: (row) => row.error ?? row.result,
    cell: (row) => (
      <span className="block max-w-40 truncate font-mono" title={row.error ?? row.result ?? undefined}>
        {row.error ?? row.result ?? NONE}
      </span>
    ),
  },
];

function tookOf({ started_at: from, ended_at: to }: SearchEntity): number | null {
  return from === null || to === null ? null : Math.max(0, to - from);
}

/** The searches that are kept: 200, the longest untouched go first. */
export function SearchesPanel({ searches }: { searches: readonly SearchEntity[] }) {
  return (
    <Panel title="Searches" hint="CMA-ES, NAS and PBT by run" flush>
      <DataTable
        label="Searches"
        rows={searches}
        rowKey={(row) => row.key}
        columns={COLUMNS}
        initialSort={{ id: 'last', desc: true }}
        maxHeight="24rem"
        empty={
          <Empty title="No search yet">
            One appears with a CMAES_TRIGGERED, NAS_TRIGGERED or PBT_STARTED.
          </Empty>
        }
      />
    </Panel>
  );
}
