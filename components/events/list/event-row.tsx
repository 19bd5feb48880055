import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { cn } from '@/components/ui/cn';
import type { EventRow } from '@/domain/events/envelope';
import { EventCells } from './event-cells';
import type { Density, ListLook } from './list-look';

/** One line where the list (not the window: a panel may stand beside it) has room for it; the tracks are the list's. */
export const ROW_GRID =
  '@4xl:grid @4xl:items-center @4xl:gap-x-2.5 pr-3 pl-6 @4xl:grid-cols-(--narrow) @6xl:grid-cols-(--middle) @7xl:grid-cols-(--wide)';

/** Height of a row at these widths; the list reads it back, so that style sheets and virtualiser agree. */
export const ROW_HEIGHT: Readonly<Record<Density, string>> = {
  comfortable: '[--row:46px] @4xl:[--row:28px]',
  compact: '[--row:38px] @4xl:[--row:21px]',
};

export interface EventLineProps {
  row: EventRow;
  look: ListLook;
  /** Time zone to tell times in; undefined: the viewer's. */
  zone: string | undefined;
  fresh: boolean;
  selected: boolean;
  atCursor: boolean;
  /** What the row shows in place; null while it is closed. */
  opened: ReactNode;
}

/** One event of the feed, as a link to its page, with a button that opens it in place. Everything in it is text. */
export const EventLine = memo(function EventLine(props: EventLineProps) {
  const { row, look, zone, fresh, selected, atCursor, opened } = props;
  const isOpen = opened !== null;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <div
      role="listitem"
      data-testid="event-row"
      data-seq={row.seq}
      data-event-id={row.event_id}
      className={cn(
        'relative border-b border-line/60',
        isOpen ? 'contain-content' : 'h-(--row) contain-strict',
      )}
    >
      <button
        type="button"
        data-toggle
        aria-expanded={isOpen}
        aria-label={`${isOpen ? 'Close' : 'Open'} ${row.event_type} in place`}
        tabIndex={atCursor ? 0 : -1}
        className="absolute top-0 left-0 z-1 flex h-(--row) w-6 items-center justify-center text-faint hover:text-fg"
      >
        <Chevron className="size-3.5" aria-hidden />
      </button>
      <a
        href={`/events/${row.event_id}`}
        data-line
        tabIndex={atCursor ? 0 : -1}
        aria-current={selected ? 'true' : undefined}
        className={cn(
          ROW_GRID,
          'flex h-[calc(var(--row)-1px)] flex-col justify-center border-l-2 text-xs',
          selected ? 'border-accent bg-accent-soft' : 'border-transparent hover:bg-raised',
          // Neutral: blue means chosen, and under full traffic every row is new.
          !selected && (fresh ? 'bg-raised' : 'transition-[background-color] duration-700'),
          atCursor && 'outline-2 -outline-offset-2 outline-accent',
          row.duplicate && 'text-faint',
        )}
      >
        <EventCells row={row} look={look} zone={zone} />
      </a>
      {opened}
    </div>
  );
});
