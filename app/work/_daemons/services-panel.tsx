'use client';

import { useTopic } from '@/app/_client/live/live-provider';
import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Empty } from '@/components/ui/panel/empty';
import {
  formatCount,
  formatDuration,
  formatHourly,
  formatPercent,
  NONE,
  formatPlural,
} from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Spark } from '@/components/ui/values/spark';
import { Age } from '@/components/ui/time/time';
import { SERVICE_STATES, type ServiceEntity } from '@/domain/projections/daemons/entities';
import { SERVICE_TONE } from '../tones';

/** Daemons and coordinators, those in trouble first. */
export function ServicesPanel() {
  const services = useTopic<ServiceEntity>('daemons.services');
  return (
    <Panel title="Daemons and coordinators" hint="overdue: later than 2.5 times its own rhythm" flush>
      <DataTable
        label="Daemons and coordinators"
        rows={[...services.values()]}
        rowKey={({ name }) => name}
        columns={COLUMNS}
        initialSort={{ id: 'state', desc: false }}
        filter
        empty={
          <Empty title="No daemon yet">
            One appears with its first DAEMON_STARTED or COORDINATOR_HEARTBEAT.
          </Empty>
        }
      />
    </Panel>
  );
}

function roleOf({ daemon, coordinator }: ServiceEntity): string {
  if (daemon && coordinator) return 'both';
  return coordinator ? 'coordinator' : 'daemon';
}

function number(
  id: string,
  header: string,
  hint: string,
  value: (row: ServiceEntity) => number | null,
  shown: (value: number | null) => string = formatCount,
): Column<ServiceEntity> {
  return { id, header, hint, align: 'right', value, cell: (row) => shown(value(row)) };
}

const COLUMNS: readonly Column<ServiceEntity>[] = [
  {
    id: 'name',
    header: 'Name',
    value: (row) => row.name,
    cell: (row) => <span className="font-mono">{row.name}</span>,
  },
  {
    id: 'state',
    header: 'State',
    hint: 'Worst first',
    // The digit keeps the order by gravity; the word is what is searched and copied.
    value: (row) => `${SERVICE_STATES.indexOf(row.state)} ${row.state}`,
    cell: (row) => (
      <Badge tone={SERVICE_TONE[row.state]} shape>
        {row.state}
      </Badge>
    ),
  },
  {
    id: 'since',
    header: 'Since',
    value: (row) => row.since,
    time: true,
    cell: (row) => <EventLink event={row.event} className="whitespace-nowrap" />,
  },
  {
    id: 'reason',
    header: 'Reason',
    value: (row) => [row.reason, ...row.issues].filter(Boolean).join('; ') || null,
    cell: (row) => <Reason row={row} />,
  },
  {
    id: 'heartbeat',
    header: 'Heartbeat',
    hint: 'How long ago the last one was',
    value: (row) => row.last_heartbeat,
    cell: (row) =>
      row.last_heartbeat === null ? (
        <span className="text-faint">{row.coordinator ? 'none' : NONE}</span>
      ) : (
        <Age at={row.last_heartbeat} className="whitespace-nowrap" />
      ),
  },
  number(
    'rhythm',
    'Rhythm',
    'How often it sends heartbeats: median of the last 20 pauses',
    (row) => row.rhythm,
    formatDuration,
  ),
  {
    id: 'health',
    header: 'Health',
    hint: 'Score of the last report, and the last 30 heartbeats',
    align: 'right',
    value: (row) => row.health_score,
    cell: (row) => <Health row={row} />,
  },
  number(
    'handlers',
    'Handlers',
    'Active handlers, as the last heartbeat tells',
    (row) => row.active_handlers,
  ),
  number(
    'pace',
    'Events/min',
    'Events processed per minute between the last two heartbeats',
    (row) => row.events_per_minute,
    formatHourly,
  ),
  number(
    'processed',
    'Processed',
    'Events processed, as the last heartbeat tells',
    (row) => row.events_processed,
  ),
  number('starts', 'Starts', 'DAEMON_STARTED since history began', (row) => row.starts),
  number('stops', 'Stops', 'Stops and shutdowns since history began', (row) => row.stops),
  number('failures', 'Failed', 'COORDINATOR_INIT_FAILED since history began', (row) => row.failures),
  {
    id: 'host',
    header: 'Host',
    hint: 'Where it reported from last; one name is taken as one service',
    value: (row) => row.host,
    cell: (row) => (
      <span className="block max-w-32 truncate font-mono text-dim" title={row.host ?? undefined}>
        {row.host ?? NONE}
        {row.hosts > 1 && ` and ${formatCount(row.hosts - 1)} more`}
      </span>
    ),
  },
  {
    id: 'role',
    header: 'Role',
    hint: 'A daemon, a coordinator, or both',
    value: roleOf,
    cell: (row) => <span className="whitespace-nowrap text-dim">{roleOf(row)}</span>,
  },
];

function Health({ row }: { row: ServiceEntity }) {
  return (
    <span className="flex items-center justify-end gap-2">
      {row.health_spark.length > 1 && (
        <Spark
          values={row.health_spark}
          width={40}
          height={16}
          label={`Health of ${row.name} over ${row.health_spark.length} heartbeats`}
        />
      )}
      {formatPercent(row.health_score)}
    </span>
  );
}

function Reason({ row }: { row: ServiceEntity }) {
  const issues = row.issues.filter((issue) => issue !== row.reason);
  const left = row.remaining_tasks;
  if (row.reason === null && issues.length === 0 && left === null)
    return <span className="text-faint">{NONE}</span>;
  return (
    <span className="block max-w-80 min-w-32 text-dim">
      {[row.reason, ...issues].filter((each) => each !== null).join('; ')}
      {left !== null && left > 0 && `, left ${formatPlural(left, 'task')} undone`}
    </span>
  );
}
