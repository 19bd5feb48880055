import type { Column } from '../../table/data-table';
import { formatCount, formatHourly, formatPercent, NONE } from '../../ui/format';
import { Age } from '../../ui/time/time';
import { formatAvailability } from '../availability';
import type { FleetNode } from './fleet';
import { HealthSpark } from '../health-spark';
import { NodeLink, SeqLink } from '../node-link';
import { StatusWord } from '../status-shape';

type NodeColumn = Column<FleetNode>;

function share(
  id: string,
  header: string,
  hint: string,
  of: (node: FleetNode['live']) => number | null,
): NodeColumn {
  return {
    ...{ id, header, hint, unit: '%', align: 'right' },
    value: ({ live }) => {
      const value = of(live);
      return value === null ? null : Math.round(value * 100);
    },
    cell: ({ live }) => <Load value={of(live)} />,
  };
}

/** A share with a bar under it; from 90 % on it is drawn as a warning. */
function Load({ value }: { value: number | null }) {
  if (value === null) return NONE;
  return (
    <span className="inline-block w-10">
      {formatPercent(value)}
      <span aria-hidden className="block h-0.5 bg-line">
        <span
          className={value >= 0.9 ? 'block h-full bg-warn' : 'block h-full bg-line-strong'}
          style={{ width: `${Math.min(100, Math.max(0, value * 100))}%` }}
        />
      </span>
    </span>
  );
}

function availability(index: number, name: string, unseen = false): NodeColumn {
  return {
    unseen,
    id: `up-${name.replace(' ', '')}`,
    header: `Up ${name}`,
    hint: `Share of the last ${name}, as far as known, in which it was declared online and not silent`,
    align: 'right',
    value: ({ slow }) => slow?.availability[index]?.[0] ?? null,
    cell: ({ slow }) => formatAvailability(slow?.availability[index]),
  };
}

export const FLEET_COLUMNS: readonly NodeColumn[] = [
  {
    id: 'node',
    header: 'Node',
    value: ({ node }) => node,
    cell: ({ node }) => <NodeLink node={node} />,
  },
  {
    id: 'status',
    header: 'Status',
    value: ({ live }) => live.status,
    cell: ({ live }) => <StatusWord status={live.status} />,
  },
  {
    id: 'since',
    header: 'Since',
    value: ({ live }) => live.status_since,
    time: true,
    cell: ({ live }) =>
      live.status_since === null ? (
        NONE
      ) : (
        <span className="whitespace-nowrap">
          <SeqLink seq={live.status_seq}>
            <Age at={live.status_since} />
          </SeqLink>
        </span>
      ),
  },
  {
    id: 'type',
    header: 'Type',
    value: ({ live }) => live.host_type,
    cell: ({ live }) => <span title={live.gpu ?? undefined}>{live.host_type ?? NONE}</span>,
  },
  {
    id: 'health',
    header: 'Health',
    hint: 'Mean of the health checks per half hour over the last 6 h, then the last score',
    unit: '%',
    align: 'right',
    value: ({ live }) => (live.health_score === null ? null : Math.round(live.health_score * 100)),
    cell: ({ live, slow }) => (
      <span className="flex items-center justify-end gap-2">
        <HealthSpark values={slow?.health} now={live.health_score} />
        <span className="w-9">{formatPercent(live.health_score)}</span>
      </span>
    ),
  },
  share('cpu', 'CPU', 'Utilisation as last reported', ({ cpu_util }) => cpu_util),
  share('gpu-use', 'GPU', 'Utilisation as last reported', ({ gpu_util }) => gpu_util),
  share('memory', 'Mem.', 'Memory: utilisation as last reported', ({ memory_util }) => memory_util),
  {
    id: 'games',
    header: 'Games/h',
    hint: 'Selfplay games of batches that succeeded in the last 60 min',
    align: 'right',
    value: ({ live }) => live.games_per_hour,
    cell: ({ live }) => formatHourly(live.games_per_hour),
  },
  {
    id: 'work',
    header: 'Working on',
    value: ({ live }) => live.work.join(', ') || null,
    cell: ({ live }) => (
      <span className="block max-w-32 truncate text-dim" title={live.work.join(', ')}>
        {live.work.join(', ') || NONE}
      </span>
    ),
  },
  { id: 'pressure', header: 'Pressure', hint: 'Backpressure', value: ({ live }) => live.backpressure },
  availability(1, '24 h'),
  {
    id: 'champions',
    header: 'Champions',
    hint: 'Configs whose champion was distributed or synced to it, and not invalidated since',
    align: 'right',
    value: ({ slow }) => slow?.champions.length ?? null,
    cell: ({ slow }) => (
      <span title={slow?.champions.join(', ')}>{formatCount(slow?.champions.length ?? null)}</span>
    ),
  },
  {
    id: 'seen',
    header: 'Last seen',
    hint: 'Newest sign of life, to 5 s',
    value: ({ live }) => (live.last_seen === 0 ? null : live.last_seen),
    time: true,
    cell: ({ live }) =>
      live.last_seen === 0 ? (
        NONE
      ) : (
        <span className="whitespace-nowrap text-dim">
          <Age at={live.last_seen} />
        </span>
      ),
  },
  {
    id: 'flaps',
    header: 'Flaps',
    hint: 'Changes of state: times it went, came back, fell ill or got well within the last hour',
    align: 'right',
    value: ({ slow }) => slow?.transitions ?? null,
  },
  availability(0, '1 h', true),
  availability(2, '7 d', true),
  { id: 'gpu', header: 'GPU model', unseen: true, value: ({ live }) => live.gpu },
];
