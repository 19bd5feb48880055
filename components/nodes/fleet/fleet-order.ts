import { compareValues, type Column } from '../../table/columns';
import type { Sort } from '../../table/data-table';

/** Orders that are offered where there are no headers to click. */
export const SORTS: readonly { value: string; label: string }[] = [
  { value: 'node', label: 'name' },
  { value: 'type', label: 'type' },
  { value: 'health', label: 'lowest health' },
  { value: '-cpu', label: 'highest CPU' },
  { value: '-gpu-use', label: 'highest GPU' },
  { value: '-memory', label: 'highest memory' },
  { value: '-games', label: 'most games/h' },
  { value: 'up-24h', label: 'least up in 24 h' },
  { value: '-flaps', label: 'most changes/h' },
  { value: 'seen', label: 'longest silent' },
];

/** `-games` as the table takes it. */
export function parseSort(sort: string | null): Sort | null {
  if (sort === null || sort === '') return null;
  return sort.startsWith('-') ? { id: sort.slice(1), desc: true } : { id: sort, desc: false };
}

/** The rows by one of the columns, like a click on its header; unchanged for none or one that does not exist. */
export function orderBy<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  sort: string | null,
): readonly T[] {
  const parsed = parseSort(sort);
  const column = columns.find(({ id }) => id === parsed?.id);
  if (parsed === null || column === undefined) return rows;
  const keyed = rows.map((row) => ({ row, value: column.value(row) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    return compareValues(a.value, b.value) * (parsed.desc ? -1 : 1);
  });
  return keyed.map(({ row }) => row);
}
