import { ArrowDown, ArrowUp } from 'lucide-react';
import { cn } from '../ui/cn';
import type { Column } from './columns';
import type { Sort } from './use-sorted-rows';

/** Where a column that stays in view sticks; a second one would cover the first on phones. */
export const STICKY = 'sticky left-0 z-10';
/** Of the button within the header: the outer cells stand as far from the edge as the panel's title. */
const EDGES = '[th:first-child>&]:pl-3 [th:last-child>&]:pr-3';

export function TableHead<T>({
  columns,
  sort,
  onSort,
  selectable,
}: {
  columns: readonly Column<T>[];
  sort: Sort | null;
  onSort: (id: string) => void;
  selectable: boolean;
}) {
  const cell = 'sticky top-0 border-b bg-surface font-medium whitespace-nowrap text-dim';
  return (
    <thead>
      <tr>
        {selectable && (
          <th scope="col" className={cn(cell, 'z-10 w-8 px-2')}>
            <span className="sr-only">Selected</span>
          </th>
        )}
        {columns.map((column, index) => {
          const sorted = sort?.id === column.id ? (sort.desc ? 'descending' : 'ascending') : 'none';
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={sorted}
              className={cn(cell, placeOf(index === 0 || column.pin === true, sorted !== 'none'), 'p-0')}
            >
              <button
                type="button"
                onClick={() => onSort(column.id)}
                // Browsers leave a control where it is as soon as a part of it shows.
                onFocus={({ currentTarget }) =>
                  currentTarget.scrollIntoView({ block: 'nearest', inline: 'nearest' })
                }
                title={column.hint}
                className={cn(
                  'flex w-full items-center px-2 py-1.5 hover:text-fg focus-visible:-outline-offset-2',
                  EDGES,
                  column.align === 'right' && 'justify-end',
                )}
              >
                <span
                  className={cn(
                    column.hint !== undefined &&
                      'underline decoration-line-strong decoration-dotted underline-offset-2',
                  )}
                >
                  {column.header}
                </span>
                {column.unit !== undefined && (
                  <span className="pl-1 font-normal text-faint">{column.unit}</span>
                )}
                <Direction sorted={sorted} first={column.align === 'right'} />
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** The arrow of the sorted column reaches into the one beside it. */
function placeOf(stays: boolean, sorted: boolean): string {
  if (stays) return cn(STICKY, 'z-20');
  return sorted ? 'z-11' : 'z-10';
}

/** Takes no room of its own, so that sorting does not move columns: it stands in the space between two. */
function Direction({
  sorted,
  first,
}: {
  sorted: 'none' | 'ascending' | 'descending';
  /** Before the name, where figures end at the right. */
  first: boolean;
}) {
  const Icon = sorted === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <Icon
      aria-hidden
      className={cn(
        'size-3 shrink-0',
        first ? '-order-1 -ml-3' : '-mr-3',
        sorted === 'none' ? 'opacity-0' : 'text-accent',
      )}
    />
  );
}
