import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { CategoryLabel } from '@/components/ui/names/category-label';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatHourly, NONE, formatPlural } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { RouterReport } from '@/server/live/runtime/router-report';
import type { UnheardType } from '@/server/live/runtime/unheard';
import { TypeLink } from './type-link';

const COLUMNS: readonly Column<UnheardType>[] = [
  {
    id: 'type',
    header: 'Type',
    value: ({ event_type }) => event_type,
    cell: ({ event_type }) => <TypeLink type={event_type} />,
  },
  {
    id: 'category',
    header: 'Category',
    value: ({ category }) => category,
    cell: ({ category }) => <CategoryLabel category={category} className="whitespace-nowrap" />,
  },
  {
    id: 'count',
    header: 'Events',
    align: 'right',
    value: ({ count }) => count,
    cell: ({ count }) => formatCount(count),
  },
  {
    id: 'rate',
    header: 'Rate',
    unit: '/h',
    align: 'right',
    hint: 'Over the last 60 minutes of event time',
    value: ({ rate_per_hour }) => rate_per_hour,
    cell: ({ rate_per_hour }) => formatHourly(rate_per_hour),
  },
  {
    id: 'last',
    header: 'Last',
    value: ({ last }) => last?.timestamp ?? null,
    time: true,
    cell: ({ last }) => (
      <span className="whitespace-nowrap">
        <EventLink event={last} />
      </span>
    ),
  },
  {
    id: 'consumers',
    header: 'Acts on it by the catalogue',
    value: ({ consumers }) => consumers.join(', '),
    cell: ({ consumers }) => <span className="block min-w-56 text-dim">{consumers.join(', ') || NONE}</span>,
  },
  {
    id: 'silent',
    header: 'Subscribed, but silent',
    hint: 'Processes that subscribed to it and have not polled for 300 s',
    value: ({ silent }) => silent.join(', '),
  },
];

/** Types that were seen and that nobody acts on: no handler here, no active process of the cluster. */
export function UnheardPanel({ report }: { report: RouterReport }) {
  const { unheard, types_seen: seen } = report;
  return (
    <Panel
      title="Types that nobody subscribes to"
      hint={`${formatCount(unheard.length)} of ${formatPlural(seen, 'type')} seen; history and live state take all of them`}
      flush
    >
      <DataTable
        label="Types that nobody subscribes to"
        rows={unheard}
        rowKey={({ event_type }) => event_type}
        columns={COLUMNS}
        initialSort={{ id: 'count', desc: true }}
        filter
        maxHeight="20rem"
        empty={
          <Empty title={seen === 0 ? 'No event yet' : 'Every type seen has a subscriber'}>
            {seen === 0
              ? 'Types show up here once they are seen and no handler or process asks for them.'
              : 'A handler here, or a process that polls events.db, asks for each of them.'}
          </Empty>
        }
      />
    </Panel>
  );
}
