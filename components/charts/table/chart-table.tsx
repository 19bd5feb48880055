'use client';

import Link from 'next/link';
import { useMemo, type ReactNode } from 'react';
import type { Column } from '../../table/data-table';
import { DataTable } from '../../table/data-table';
import { Time } from '../../ui/time/time';
import type { Range } from '../frame/extent';
import { tableRows, type ChartRow } from './table-rows';
import { valueText } from '../frame/ticks';
import type { ChartMarker, ChartSeries } from '../types';

/** The chart's figures as rows, newest first: what is drawn, in words. */
export function ChartTable({
  label,
  series,
  markers,
  range,
  xKind,
  xLabel,
  unit,
  right,
}: {
  label: string;
  series: readonly ChartSeries[];
  markers: readonly ChartMarker[];
  range: Range;
  xKind: 'time' | 'number';
  xLabel: string | undefined;
  unit: string | undefined;
  right: string | undefined;
}) {
  const rows = useMemo(() => tableRows(series, markers, range), [series, markers, range]);
  const columns = useMemo(
    () =>
      columnsOf(xKind, xLabel ?? (xKind === 'time' ? 'Time' : 'X'), unit, right).filter((column) =>
        tells(column, rows),
      ),
    [xKind, xLabel, unit, right, rows],
  );
  return (
    <DataTable
      label={label}
      rows={rows}
      rowKey={({ key }) => key}
      columns={columns}
      initialSort={{ id: 'x', desc: true }}
      filter
      maxHeight="none"
    />
  );
}

function columnsOf(
  xKind: 'time' | 'number',
  xName: string,
  unit: string | undefined,
  right: string | undefined,
): Column<ChartRow>[] {
  const number = (value: number | null, of: ChartRow): ReactNode =>
    value === null ? null : valueText(value, of.right ? right : unit);
  return [
    {
      id: 'x',
      header: xName,
      ...(xKind === 'time' && { hint: 'Copied as UTC' }),
      value: ({ x }) => x,
      ...(xKind === 'time' && { time: true }),
      cell: ({ x }) =>
        xKind === 'time' ? (
          <Time at={x} format="datetime" className="whitespace-nowrap" />
        ) : (
          valueText(x, undefined)
        ),
    },
    { id: 'series', header: 'Series', value: ({ name }) => name },
    { id: 'y', header: 'Value', align: 'right', value: ({ y }) => y, cell: (row) => number(row.y, row) },
    {
      id: 'low',
      header: 'From',
      align: 'right',
      value: ({ low }) => low,
      cell: (row) => number(row.low, row),
    },
    {
      id: 'high',
      header: 'To',
      align: 'right',
      value: ({ high }) => high,
      cell: (row) => number(row.high, row),
    },
    { id: 'note', header: 'Note', value: ({ note }) => note },
    {
      id: 'event',
      header: 'Event',
      value: ({ event }) => event,
      cell: ({ event }) =>
        event !== null && (
          <Link
            href={`/events/${encodeURIComponent(event)}`}
            prefetch={false}
            className="text-dim underline decoration-line-strong underline-offset-2 hover:text-accent"
          >
            open
          </Link>
        ),
    },
  ];
}

/** A column without a single value only takes room. */
function tells(column: Column<ChartRow>, rows: readonly ChartRow[]): boolean {
  return column.id === 'x' || rows.some((row) => column.value(row) !== null);
}
