import { memo, useMemo } from 'react';
import { LIST_MS, useTopic } from '@/app/_client/live/live-provider';
import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { CategoryLabel } from '@/components/ui/names/category-label';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatHourly, formatPlural } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { TypeEntity } from '@/domain/projections/traffic';
import { TypeLink } from './type-link';

const figure = (
  id: string,
  header: string,
  value: (row: TypeEntity) => number,
  more: Partial<Column<TypeEntity>> = {},
): Column<TypeEntity> => ({
  id,
  header,
  align: 'right',
  value,
  cell: (row) => formatCount(value(row)),
  ...more,
});

const COLUMNS: readonly Column<TypeEntity>[] = [
  {
    id: 'type',
    header: 'Type',
    value: ({ event_type }) => event_type,
    cell: ({ event_type, catalogued }) => (
      <span className="flex items-center gap-2">
        <TypeLink type={event_type} />
        {!catalogued && (
          <Badge tone="warn" shape>
            uncatalogued
          </Badge>
        )}
      </span>
    ),
  },
  {
    id: 'category',
    header: 'Category',
    value: ({ category }) => category,
    cell: ({ category }) => <CategoryLabel category={category} className="whitespace-nowrap" />,
  },
  figure('count', 'Events', ({ count }) => count),
  figure('rate', 'Rate', ({ rate_per_hour }) => rate_per_hour, {
    unit: '/h',
    hint: 'Over the last 60 minutes of event time',
    cell: ({ rate_per_hour }) => formatHourly(rate_per_hour),
  }),
  figure('duplicates', 'Repetitions', ({ duplicates }) => duplicates, {
    hint: 'Rows of a log that repeat an earlier event; stored, and delivered to nobody',
  }),
  figure('drifted', 'Drifted', ({ drifted }) => drifted, {
    hint: 'Events whose payload differs from the catalogue',
  }),
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
];

/** Every type seen in this history. */
export const TypesPanel = memo(function TypesPanel() {
  const types = useTopic<TypeEntity>('traffic.types', LIST_MS);
  const rows = useMemo(() => [...types.values()], [types]);
  return (
    <Panel title="Traffic by type" hint={`${formatPlural(rows.length, 'type')} in this history`} flush>
      <DataTable
        label="Traffic by type"
        rows={rows}
        rowKey={({ event_type }) => event_type}
        columns={COLUMNS}
        initialSort={{ id: 'count', desc: true }}
        filter
        maxHeight="32rem"
        empty={<Empty title="No event yet">Each type shows up with its first event.</Empty>}
      />
    </Panel>
  );
});
