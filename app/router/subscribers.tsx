import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatFixed, formatPlural, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { StatusDot } from '@/components/ui/signs/status-dot';
import { ServerAge } from '@/components/ui/time/time';
import type { ClusterReport, ClusterSubscriber } from '@/server/live/runtime/cluster-subscribers';
import type { OwnSubscriber, RouterReport } from '@/server/live/runtime/router-report';
import { TypeNames } from './type-names';

const BUSES = { router: 'router', data_bus: 'data bus', stage_bus: 'stage bus' } as const;

const OWN: readonly Column<OwnSubscriber>[] = [
  { id: 'name', header: 'Handler', value: ({ name }) => name, cell: ({ name }) => <code>{name}</code> },
  { id: 'bus', header: 'On', value: ({ bus }) => BUSES[bus] },
  {
    id: 'types',
    header: 'Types',
    value: ({ types }) => types.join(' '),
    cell: ({ types }) => <TypeNames types={types} all={types.includes('*')} />,
  },
  count('delivered', 'Delivered', 'Events that it is done with, without a failure', (row) => row.delivered),
  count('failed', 'Failed', 'Events that it threw on', (row) => row.failed),
  count('timed_out', 'Timed out', 'Events that it was not done with after 30 s', (row) => row.timed_out),
  count(
    'refused',
    'Not taken',
    'Not queued because too many waited, or given up at a stop',
    (row) => row.queue_full + row.abandoned,
  ),
  count('queued', 'Waiting', 'Events that wait because it is busy', (row) => row.queued),
  count('running', 'Running', 'Events that it works on now', (row) => row.running),
  {
    id: 'p95',
    header: 'Run time p95',
    unit: 'ms',
    align: 'right',
    hint: 'Over its newest 128 events',
    value: ({ run_ms }) => run_ms.p95,
    cell: ({ run_ms }) => formatFixed(run_ms.p95, 2),
  },
  { id: 'error', header: 'Last failure', value: ({ last_error }) => last_error },
];

/** Handlers of this process, and the parts of the server that take every event. */
export function OwnSubscribers({ report }: { report: RouterReport }) {
  const { own_subscribers: own, sinks, failures } = report;
  return (
    <Panel
      title="Subscribers in this server"
      hint={`${formatPlural(failures.failed, 'handler failure')}, ${formatPlural(failures.timed_out, 'timeout')} since the start`}
      flush
    >
      <p className="px-3 py-2 text-xs text-dim">
        Every event goes to{' '}
        {sinks.map(({ name, events, failures: failed }, index) => (
          <span key={name}>
            {index > 0 && ', '}
            <span className="font-medium text-fg">{name}</span> ({formatCount(events)} so far
            {failed > 0 && <span className="text-bad">, failed on {formatPlural(failed, 'batch')}</span>})
          </span>
        ))}
        . Handlers get the types that they ask for:
      </p>
      <DataTable
        label="Subscribers in this server"
        rows={own}
        rowKey={({ bus, name }) => `${bus}/${name}`}
        columns={OWN}
        initialSort={{ id: 'delivered', desc: true }}
        empty={
          <Empty title="No handler is subscribed">
            Code that runs in this server subscribes to the router or to one of its buses; none does now.
          </Empty>
        }
      />
    </Panel>
  );
}

const CLUSTER: readonly Column<ClusterSubscriber>[] = [
  {
    id: 'process',
    header: 'Process',
    value: ({ process }) => process,
    cell: ({ process, own, id }) => (
      <span className="flex items-center gap-2" title={id}>
        <code>{process}</code>
        {own && <Badge tone="info">this server</Badge>}
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    hint: 'Active: polled within the last 300 s, as RingRift counts it',
    value: ({ active }) => (active ? 'active' : 'silent'),
    cell: ({ active }) => <StatusDot tone={active ? 'ok' : 'warn'} label={active ? 'active' : 'silent'} />,
  },
  {
    id: 'polled',
    header: 'Last poll',
    value: ({ last_poll_at }) => last_poll_at,
    time: true,
    cell: ({ last_poll_at }) => <ServerAge at={last_poll_at} className="whitespace-nowrap" />,
  },
  {
    id: 'pending',
    header: 'Pending',
    unit: 'events',
    align: 'right',
    hint: 'Events of its types that it has not acked, of the last 24 h; counted among the newest 10,000',
    value: ({ pending }) => pending,
    cell: ({ pending, pending_exact }) =>
      `${formatCount(pending)}${pending_exact || pending === 0 ? '' : '+'}`,
  },
  {
    id: 'acked',
    header: 'Acked up to row',
    align: 'right',
    value: ({ acked_row_id }) => acked_row_id,
    cell: ({ acked_row_id }) => (acked_row_id === null ? NONE : formatCount(acked_row_id)),
  },
  {
    id: 'types',
    header: 'Types',
    value: ({ types }) => types.join(' '),
    cell: ({ types }) => <TypeNames types={types} all={types.length === 0} />,
  },
  { id: 'host', header: 'Machine', value: ({ hostname }) => hostname },
  {
    id: 'pid',
    header: 'Process id',
    align: 'right',
    hint: 'Stable ones keep their place when their process restarts',
    value: ({ pid }) => pid,
    cell: ({ pid, stable }) => `${pid}${stable ? ', stable' : ''}`,
  },
];

/** The processes that subscribed to the shared file. */
export function ClusterSubscribers({ cluster }: { cluster: ClusterReport }) {
  const { subscribers, total, error, newest_row_id: newest } = cluster;
  return (
    <Panel
      title="Subscribers of events.db"
      hint={cluster.at === null ? undefined : `the file ends at row ${formatCount(newest)}`}
      header={
        cluster.at !== null && (
          <span className="text-xs text-faint">
            read <ServerAge at={cluster.at} />
          </span>
        )
      }
      flush
    >
      {error !== null && (
        <p role="status" className="bg-warn-soft px-3 py-1.5 text-sm text-warn">
          {error}
        </p>
      )}
      <DataTable
        label="Subscribers of events.db"
        rows={subscribers}
        rowKey={({ id }) => id}
        columns={CLUSTER}
        initialSort={{ id: 'pending', desc: true }}
        empty={
          <Empty title="No process is registered in events.db">
            RingRift&rsquo;s processes register when they subscribe to the shared queue.
          </Empty>
        }
      />
      {total > subscribers.length && (
        <p className="px-3 py-2 text-xs text-faint">
          {formatCount(total - subscribers.length)} more are registered and polled longer ago.
        </p>
      )}
    </Panel>
  );
}

function count<T>(id: string, header: string, hint: string, value: (row: T) => number): Column<T> {
  return { id, header, hint, align: 'right', value, cell: (row) => formatCount(value(row)) };
}
