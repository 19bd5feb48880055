import { cn } from '@/components/ui/cn';
import { ROW_GRID } from './event-row';
import type { ListLook } from './list-look';
import { COLUMNS, shownColumns } from './list-look';

/** The heads of the columns, where rows are lines. */
export function ColumnNames({ look }: { look: ListLook }) {
  return (
    <div
      aria-hidden
      className={cn(
        ROW_GRID,
        'sticky top-0 z-10 hidden h-6 border-b border-l-2 border-l-transparent bg-raised text-2xs font-medium text-dim @4xl:grid',
      )}
    >
      {shownColumns(look).map((id) => (
        <span
          key={id}
          className={cn('truncate', look.columns === null && id === 'source' && 'hidden @6xl:block')}
        >
          <span className={cn(id === 'severity' && 'hidden', id === 'category' && 'hidden @7xl:inline')}>
            {COLUMNS[id].label}
          </span>
        </span>
      ))}
    </div>
  );
}
