'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { useTopic } from '@/app/_client/live/live-provider';
import { DataTable, type Column } from '@/components/table/data-table';
import { Elapsed } from '@/components/ui/time/elapsed';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatDuration, formatPercent, NONE } from '@/components/ui/format';
import type { WorkStep, WorkTypeEntity } from '@/domain/projections/work/entities';
import type { QueueRecord, TypeRecord } from '@/server/api/pages/work/queue';
import { queuedHref } from './queued-href';

type Row = WorkTypeEntity & { range: TypeRecord | null; queuedHref: string | null };

/** A work type per row: what waits and runs now, and how it went over the time range. */
export function TypesTable({ record }: { record: QueueRecord | undefined }) {
  const types = useTopic<WorkTypeEntity>('work.types');
  const rows = useMemo<Row[]>(() => {
    const ranges = new Map(record?.types.map((each) => [each.work_type, each]));
    return [...types.values()].map((type) => ({
      ...type,
      range: ranges.get(type.work_type) ?? null,
      queuedHref: record === undefined ? null : queuedHref(type.work_type, record.counted),
    }));
  }, [types, record]);
  return (
    <DataTable
      label="Work by type"
      rows={rows}
      rowKey={({ work_type: type }) => type}
      columns={COLUMNS}
      initialSort={{ id: 'queued_in', desc: true }}
      empty={<Empty title="No work yet">A type appears with its first WORK_QUEUED.</Empty>}
    />
  );
}

function count(id: string, header: string, hint: string, value: (row: Row) => number | null): Column<Row> {
  return { id, header, hint, align: 'right', value, cell: (row) => formatCount(value(row)) };
}

function flow(id: string, header: string, hint: string, step: WorkStep): Column<Row> {
  return count(id, header, hint, (row) => row.range?.flow[step] ?? null);
}

/** The figure leads to the events that it counts. Those of later steps name no type, so nothing finds them by it. */
function CameIn({ row }: { row: Row }) {
  const text = formatCount(row.range?.flow.queued ?? null);
  if (row.queuedHref === null) return text;
  return (
    <Link
      href={row.queuedHref}
      prefetch={false}
      title={`WORK_QUEUED of ${row.work_type} in the time range`}
      className="rounded-sm hover:text-accent hover:underline hover:underline-offset-2"
    >
      {text}
    </Link>
  );
}

/** Sorts by the 95th percentile: the slow ones are looked for. */
function times(id: 'wait' | 'run', header: string, hint: string): Column<Row> {
  return {
    id,
    header,
    hint,
    align: 'right',
    value: (row) => row.range?.[id].p95 ?? null,
    cell: (row) => {
      const { p50 = null, p95 = null } = row.range?.[id] ?? {};
      if (p50 === null || p95 === null) return NONE;
      return (
        <span className="whitespace-nowrap">
          {formatDuration(p50)}, {formatDuration(p95)}
        </span>
      );
    },
  };
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'type',
    header: 'Type',
    value: (row) => row.work_type,
    cell: (row) => <span className="font-mono">{row.work_type}</span>,
  },
  {
    id: 'waiting',
    header: 'Waiting',
    hint: 'Now: for the first attempt, and for another one',
    align: 'right',
    value: (row) => row.queued + row.retried,
    cell: (row) => <Sum first={row.queued} more={row.retried} word="retried" />,
  },
  {
    id: 'oldest',
    header: 'Oldest',
    hint: 'How long the longest waiting has waited',
    align: 'right',
    value: (row) => oldestOf(row),
    cell: (row) => <OldestCell row={row} />,
  },
  count('running', 'In work', 'Claimed or running, now', (row) => row.claimed + row.running),
  {
    ...flow('queued_in', 'Came in', 'Queued in the time range', 'queued'),
    cell: (row) => <CameIn row={row} />,
  },
  flow('done', 'Done', 'Completed in the time range', 'completed'),
  {
    id: 'success',
    header: 'Success',
    hint: 'Done, of what was done, failed or timed out in the time range',
    align: 'right',
    value: (row) => row.range?.success ?? null,
    cell: (row) => formatPercent(row.range?.success ?? null),
  },
  times(
    'wait',
    'Wait p50, p95',
    'From queued to claimed: half, and 95 %, of the newest 400 waited no longer',
  ),
  times(
    'run',
    'Run p50, p95',
    'As completions report it, else from started to completed: half, and 95 %, of the newest 400',
  ),
  flow('failed', 'Failed', 'Given up in the time range', 'failed'),
  flow('timed_out', 'Timed out', 'In the time range', 'timed_out'),
  flow('retries', 'Retries', 'Sent back for another attempt in the time range', 'retried'),
  {
    id: 'cancelled',
    header: 'Cancelled',
    hint: 'No longer wanted, or preempted by more urgent work, in the time range',
    align: 'right',
    value: (row) => (row.range === null ? null : row.range.flow.cancelled + row.range.flow.preempted),
    cell: (row) => (
      <Sum first={row.range?.flow.cancelled ?? null} more={row.range?.flow.preempted ?? 0} word="preempted" />
    ),
  },
];

/** A count, and what else belongs to it where there is any: 3 + 2 retried. */
function Sum({ first, more, word }: { first: number | null; more: number; word: string }) {
  return (
    <span className="whitespace-nowrap">
      {formatCount(first)}
      {more > 0 && (
        <span className="text-warn">
          {' '}
          + {formatCount(more)} {word}
        </span>
      )}
    </span>
  );
}

function oldestOf(row: Row): number | null {
  const oldest = Math.min(row.oldest_queued ?? Infinity, row.oldest_retried ?? Infinity);
  return oldest === Infinity ? null : oldest;
}

function OldestCell({ row }: { row: Row }) {
  const oldest = oldestOf(row);
  return oldest === null ? <span className="text-faint">{NONE}</span> : <Elapsed at={oldest} />;
}
