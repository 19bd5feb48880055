'use client';

import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { compareValues, matchesWords, type CellValue, type Column } from './columns';

export interface Sort {
  readonly id: string;
  readonly desc: boolean;
}

const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
});

export interface SortedRows<T> {
  readonly shown: readonly T[];
  readonly sort: Sort | null;
  /** First press: numbers from the largest, texts from A; then the other way. */
  readonly toggleSort: (id: string) => void;
}

/** The rows that match, in the order asked for. */
export function useSortedRows<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  rowKey: (row: T) => string,
  initial: Sort | undefined,
  search: string,
  onSort?: (sort: Sort) => void,
): SortedRows<T> {
  const [sort, setSort] = useState<Sort | null>(initial ?? null);
  const defs = useMemo(() => columns.map(definition), [columns]);
  const sorting = useMemo(() => (sort === null ? [] : [{ ...sort }]), [sort]);
  // `useTable` wants an array that it may not write to; it only ever reads.
  const data = rows as T[];
  const table = useTable<typeof features, Held<T>>({
    features,
    columns: defs,
    data: useMemo(() => data.map((row) => ({ row })), [data]),
    getRowId: ({ row }) => rowKey(row),
    state: { sorting, globalFilter: search },
    globalFilterFn: (row) => matchesWords(row.original.row, columns, search),
    getColumnCanGlobalFilter: () => true,
  });
  const model = table.getRowModel();
  const shown = useMemo(() => model.rows.map(({ original }) => original.row), [model]);
  const toggleSort = (id: string): void => {
    const first = { id, desc: rows.some((row) => typeof valueOf(columns, id, row) === 'number') };
    const next = sort?.id === id ? { id, desc: !sort.desc } : first;
    setSort(next);
    onSort?.(next);
  };
  return { shown, sort, toggleSort };
}

/** A row of any type inside an object, which is what the library takes. */
type Held<T> = { row: T };

function valueOf<T>(columns: readonly Column<T>[], id: string, row: T): CellValue {
  return columns.find((column) => column.id === id)?.value(row) ?? null;
}

function definition<T>(column: Column<T>): ColumnDef<typeof features, Held<T>> {
  return {
    id: column.id,
    accessorFn: ({ row }) => column.value(row) ?? undefined,
    sortUndefined: 'last',
    sortFn: (a, b, id) => {
      const left = a.getValue<CellValue | undefined>(id);
      const right = b.getValue<CellValue | undefined>(id);
      return left == null || right == null ? 0 : compareValues(left, right);
    },
  };
}
