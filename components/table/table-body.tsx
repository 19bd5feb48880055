import type { ReactNode } from 'react';
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
  const toggle = (key: string): void => {
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect?.(next);
  };
  return (
    <tbody>
      <Room height={range.before} span={span} />
      {rows.slice(range.from, range.to).map((row, index) => {
        const key = rowKey(row);
        const ticked = selected?.has(key) === true;
        return (
          <tr
            key={key}
            data-index={range.from + index}
            aria-rowindex={range.from + index + 2}
            ref={range.measure}
            className={cn('group', ticked && 'bg-accent-soft')}
          >
            {onSelect !== undefined && (
              <td className="border-b px-2 py-1.5 group-hover:bg-raised/50">
                <Tick
                  name={columns[0] === undefined ? key : cellText(row, columns[0]) || key}
                  ticked={ticked}
                  onChange={() => toggle(key)}
                />
              </td>
            )}
            {columns.map((column, place) => (
              <Cell key={column.id} column={column} first={place === 0} ticked={ticked}>
                {column.cell ? column.cell(row) : cellText(row, column) || NONE}
              </Cell>
            ))}
          </tr>
        );
      })}
      <Room height={range.after} span={span} />
    </tbody>
  );
}

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
