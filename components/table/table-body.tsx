import { memo, useCallback, type ReactNode } from 'react';
import { cn } from '../ui/cn';
import { NONE } from '../ui/format';
import { cellText, type Column } from './columns';
import { STICKY } from './table-head';
import type { RowRange } from './use-scroller';

/** The rows of `range`, with room kept above and below for the others. */
export function TableBody<T>({
  rows,
  range,
  columns,
  rowKey,
  selected,
  onSelect,
}: {
  rows: readonly T[];
  range: RowRange;
  columns: readonly Column<T>[];
  rowKey: (row: T) => string;
  selected: ReadonlySet<string> | undefined;
  onSelect: ((keys: Set<string>) => void) | undefined;
}) {
  const span = columns.length + (onSelect === undefined ? 0 : 1);
  const toggle = useCallback(
    (key: string): void => {
      const next = new Set(selected);
      if (!next.delete(key)) next.add(key);
      onSelect?.(next);
    },
    [selected, onSelect],
  );
  return (
    <tbody>
      <Room height={range.before} span={span} />
      {rows.slice(range.from, range.to).map((row, index) => {
        const key = rowKey(row);
        return (
          <Row
            key={key}
            id={key}
            row={row}
            index={range.from + index}
            columns={columns}
            measure={range.measure}
            ticked={selected?.has(key) === true}
            onTick={onSelect === undefined ? undefined : toggle}
          />
        );
      })}
      <Room height={range.after} span={span} />
    </tbody>
  );
}

interface RowProps<T> {
  id: string;
  row: T;
  index: number;
  columns: readonly Column<T>[];
  measure: RowRange['measure'];
  ticked: boolean;
  onTick: ((key: string) => void) | undefined;
}

/** Of a live list mostly one row changes at a time: the others, whose objects are the same, are left alone. */
const Row = memo(function Row<T>({ id, row, index, columns, measure, ticked, onTick }: RowProps<T>) {
  return (
    <tr
      data-index={index}
      aria-rowindex={index + 2}
      ref={measure}
      className={cn('group', ticked && 'bg-accent-soft')}
    >
      {onTick !== undefined && (
        <td className="border-b px-2 py-1.5 group-hover:bg-raised/50">
          <Tick
            name={columns[0] === undefined ? id : cellText(row, columns[0]) || id}
            ticked={ticked}
            onChange={() => onTick(id)}
          />
        </td>
      )}
      <Cells row={row} columns={columns} ticked={ticked} />
    </tr>
  );
}) as <T>(props: RowProps<T>) => ReactNode;

/** Apart from the row's place: where one overtakes another, those between them only count anew. */
const Cells = memo(function Cells<T>({
  row,
  columns,
  ticked,
}: Pick<RowProps<T>, 'row' | 'columns' | 'ticked'>) {
  return columns.map((column, place) => (
    <Cell key={column.id} column={column} first={place === 0} ticked={ticked}>
      {column.cell ? column.cell(row) : cellText(row, column) || NONE}
    </Cell>
  ));
}) as <T>(props: Pick<RowProps<T>, 'row' | 'columns' | 'ticked'>) => ReactNode;

function Cell<T>({
  column,
  first,
  ticked,
  children,
}: {
  column: Column<T>;
  first: boolean;
  ticked: boolean;
  children: ReactNode;
}) {
  const look = cn(
    'border-b px-2 py-1.5 first:pl-3 last:pr-3',
    column.align === 'right' && 'text-right whitespace-nowrap',
    first || column.pin === true
      ? cn(STICKY, ticked ? 'bg-accent-soft' : 'bg-surface group-hover:bg-raised')
      : 'group-hover:bg-raised/50',
  );
  return first ? (
    <th scope="row" className={cn(look, 'font-normal')}>
      {children}
    </th>
  ) : (
    <td className={look}>{children}</td>
  );
}

function Tick({ name, ticked, onChange }: { name: string; ticked: boolean; onChange: () => void }) {
  return (
    <input
      type="checkbox"
      aria-label={`Select ${name}`}
      checked={ticked}
      onChange={onChange}
      className="block size-4 accent-(--accent)"
    />
  );
}

function Room({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  );
}
