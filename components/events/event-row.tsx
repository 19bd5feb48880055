import { memo } from 'react';
import { Badge } from '@/components/ui/badge';
import { CategoryIcon } from '@/components/ui/category-label';
import { cn } from '@/components/ui/cn';
import { EventTypeName } from '@/components/ui/event-type-name';
import { formatPlural, humanise } from '@/components/ui/format';
import { SeverityIcon } from '@/components/ui/severity-icon';
import { formatUtc } from '@/components/ui/time-format';
import type { EventRow } from '@/domain/events/envelope';
import { formatMoment, isoOf } from './moment';

/**
 * The columns by the width of the list (not of the window: a panel may stand beside it). Narrow: two lines, what
 * happened and when above where and what about. Wide: one line; source and the category's name come as there is room.
 */
export const ROW_GRID =
  'grid items-center gap-x-2.5 px-3 grid-cols-[0.75rem_auto_auto_minmax(0,1fr)_auto] ' +
  '@4xl:grid-cols-[8.25rem_0.75rem_0.875rem_minmax(0,14rem)_6.5rem_7.5rem_minmax(0,1fr)] ' +
  '@6xl:grid-cols-[8.25rem_0.75rem_0.875rem_minmax(0,15rem)_6.5rem_8rem_10rem_minmax(0,1fr)] ' +
  '@7xl:grid-cols-[8.25rem_0.75rem_8.5rem_minmax(0,16rem)_6.5rem_8rem_11rem_minmax(0,1fr)]';

/** Height of a row at these widths; the list reads it back, so that style sheets and virtualiser agree. */
export const ROW_HEIGHT = '[--row:46px] @4xl:[--row:28px]';

const ONE_LINE = '@4xl:col-auto @4xl:row-auto';

export interface EventLineProps {
  row: EventRow;
  /** Time zone to tell times in; undefined: the viewer's. */
  zone: string | undefined;
  fresh: boolean;
  selected: boolean;
  atCursor: boolean;
}

/** One event of the feed, as a link to its page. Everything in it is text. */
export const EventLine = memo(function EventLine({ row, zone, fresh, selected, atCursor }: EventLineProps) {
  return (
    <div
      role="listitem"
      data-testid="event-row"
      data-seq={row.seq}
      data-event-id={row.event_id}
      className="h-(--row) border-b border-line/60 contain-strict"
    >
      <a
        href={`/events/${row.event_id}`}
        tabIndex={atCursor ? 0 : -1}
        aria-current={selected ? 'true' : undefined}
        className={cn(
          ROW_GRID,
          'h-full content-center border-l-2 text-xs @4xl:content-stretch',
          selected ? 'border-accent bg-accent-soft' : 'border-transparent hover:bg-raised',
          // Neutral: blue means chosen, and under full traffic every row is new.
          !selected && (fresh ? 'bg-raised' : 'transition-colors duration-700'),
          atCursor && 'outline-2 -outline-offset-2 outline-accent',
          row.duplicate && 'text-faint',
        )}
      >
        <Cells row={row} zone={zone} />
      </a>
    </div>
  );
});

/** Apart from the frame, so that a mark that comes or goes leaves the cells alone. */
const Cells = memo(function Cells({ row, zone }: { row: EventRow; zone: string | undefined }) {
  return (
    <>
      <time
        dateTime={isoOf(row.timestamp)}
        title={formatUtc(row.timestamp)}
        className={cn('col-start-5 row-start-1 font-mono text-2xs whitespace-nowrap text-faint', ONE_LINE)}
      >
        {formatMoment(row.timestamp, zone)}
      </time>
      <SeverityIcon severity={row.severity} className={cn('col-start-1 row-start-1', ONE_LINE)} />
      <span className="hidden min-w-0 items-center gap-1.5 @4xl:flex" title={humanise(row.category)}>
        <CategoryIcon category={row.category} />
        <span className="hidden truncate text-dim @7xl:block">{humanise(row.category)}</span>
      </span>
      <EventTypeName
        type={row.event_type}
        className={cn('col-span-3 col-start-2 row-start-1 font-medium', ONE_LINE)}
      />
      <Cell text={row.config} className="col-start-2 row-start-2" />
      <Cell
        text={row.node}
        className={cn('row-start-2', row.config === null ? 'col-start-2' : 'col-start-3')}
      />
      <span className="hidden truncate text-faint @6xl:block" title={row.source}>
        {row.source}
      </span>
      <Summary row={row} />
    </>
  );
});

function Cell({ text, className }: { text: string | null; className: string }) {
  return (
    <span
      title={text ?? undefined}
      className={cn(
        'truncate font-mono text-2xs text-dim empty:hidden @4xl:empty:block',
        className,
        ONE_LINE,
      )}
    >
      {text}
    </span>
  );
}

/** On two lines: where the summary begins and ends, after as many of config and node as there are. */
const SUMMARY_AFTER = ['col-start-2 col-span-4', 'col-start-3 col-span-3', 'col-start-4 col-span-2'] as const;

function Summary({ row }: { row: EventRow }) {
  const before =
    row.config !== null && row.node !== null ? 2 : row.config !== null || row.node !== null ? 1 : 0;
  return (
    <span
      className={cn(
        'row-start-2 flex min-w-0 items-center gap-1.5 text-dim',
        SUMMARY_AFTER[before],
        ONE_LINE,
      )}
    >
      <span className="truncate" title={row.summary}>
        {row.summary}
      </span>
      {row.duplicate && (
        <Badge dense title="Repeats an earlier event within the duplicate window">
          duplicate
        </Badge>
      )}
      {row.drift > 0 && (
        <Badge tone="warn" dense title={`${formatPlural(row.drift, 'difference')} from the catalogue`}>
          drift {row.drift}
        </Badge>
      )}
    </span>
  );
}
