'use client';

import { useMemo, useState, type ReactNode } from 'react';
import { cn } from '../ui/cn';
import { CopyButton } from '../ui/controls/copy-button';
import { formatCount, formatPlural } from '../ui/format';
import { Input } from '../ui/controls/input';
import { Sideways } from '../ui/panel/sideways';
import { toTsv, type Column } from './columns';
import { TableBody } from './table-body';
import { TableHead } from './table-head';
import { useScroller } from './use-scroller';
import { useSortedRows, type Sort } from './use-sorted-rows';

export type { Column } from './columns';
export type { Sort } from './use-sorted-rows';

export interface DataTableProps<T> {
  /** Names the table for screen readers. */
  label: string;
  rows: readonly T[];
  rowKey: (row: T) => string;
  columns: readonly Column<T>[];
  initialSort?: Sort;
  /** Told of each press on a header, e.g. to keep the order in the URL. */
  onSort?: (sort: Sort) => void;
  /** Shows a box whose words must all occur in a row. */
  filter?: boolean;
  /** Stands in place of the rows when there are none at all. */
  empty?: ReactNode;
  /** Keys of the rows that are ticked; with `onSelect`, each row gets a checkbox. */
  selected?: ReadonlySet<string>;
  onSelect?: (keys: Set<string>) => void;
  /** CSS length that the rows scroll within; more than 100 rows always scroll, in 28rem by default. */
  maxHeight?: string;
  /** More controls, at the left of the bar above the table; they stay when there are no rows. */
  bar?: ReactNode;
  /** Without the bar above it: a short list that nobody counts or copies. */
  plain?: boolean;
  className?: string;
}

/**
 * Rows that sort (a click on a header, or Enter), filter and copy as tab-separated values. Of more than 100 rows only
 * those in view are in the document. The first column stays in view when the table scrolls sideways.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { rows, columns, label, rowKey, selected, onSelect } = props;
  const seen = useMemo(() => columns.filter(({ unseen }) => unseen !== true), [columns]);
  const [search, setSearch] = useState('');
  const { shown, sort, toggleSort } = useSortedRows(
    rows,
    columns,
    rowKey,
    props.initialSort,
    search,
    props.onSort,
  );
  const { scroller, range } = useScroller(shown.length);
  const long = shown.length > 100;
  const none = rows.length === 0 && props.empty !== undefined;
  if (none && props.bar === undefined) return props.empty;
  return (
    <div className={cn('flex min-h-0 min-w-0 flex-col', props.className)}>
      {props.plain !== true && (
        <Bar
          {...props}
          search={search}
          onSearch={setSearch}
          shown={shown.length}
          copy={() => toTsv(shown, columns)}
        />
      )}
      {none ? (
        props.empty
      ) : (
        <Sideways
          ref={scroller}
          label={label}
          // What is focused comes out from under the head and the column that stay.
          className="scroll-pt-9 scroll-pl-48 overflow-auto focus-visible:-outline-offset-2"
          style={{ maxHeight: props.maxHeight ?? (long ? '28rem' : undefined) }}
        >
          <table
            className="w-full border-separate border-spacing-0 text-left text-xs"
            aria-rowcount={shown.length + 1}
          >
            <TableHead columns={seen} sort={sort} onSort={toggleSort} selectable={onSelect !== undefined} />
            <TableBody
              rows={shown}
              range={range}
              columns={seen}
              rowKey={rowKey}
              selected={selected}
              onSelect={onSelect}
            />
          </table>
          {shown.length === 0 && (
            <p className="p-4 text-center text-xs text-faint">
              {search.trim() === '' ? 'Nothing to list.' : 'No row has all these words.'}
            </p>
          )}
        </Sideways>
      )}
    </div>
  );
}

function Bar<T>({
  label,
  rows,
  filter = false,
  bar,
  search,
  onSearch,
  shown,
  copy,
}: DataTableProps<T> & {
  search: string;
  onSearch: (search: string) => void;
  shown: number;
  copy: () => string;
}) {
  return (
    <div
      // With nothing to filter by, it goes into the header of the panel that the table begins: see globals.css.
      data-bare-bar={(!filter && bar === undefined) || undefined}
      className="flex min-w-0 flex-wrap items-center gap-2 border-b px-3 py-1"
    >
      {bar}
      {filter && (
        <Input
          type="search"
          aria-label={`Filter ${label}`}
          placeholder="Filter…"
          className="w-40"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
        />
      )}
      {/* Of one piece: the button does not go to a line of its own when a control more appears. */}
      <span className="ml-auto flex items-center gap-2">
        <span role="status" className="text-2xs text-faint">
          {shown === rows.length
            ? formatPlural(shown, 'row')
            : `${formatCount(shown)} of ${formatPlural(rows.length, 'row')}`}
        </span>
        <CopyButton text={copy} label={`Copy ${label} as tab-separated values`} />
      </span>
    </div>
  );
}
