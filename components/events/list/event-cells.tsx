import type { CSSProperties } from 'react';
import { memo } from 'react';
import { Badge } from '@/components/ui/signs/badge';
import { CategoryIcon, categoryName } from '@/components/ui/names/category-label';
import { useDay } from '@/components/ui/time/clock';
import { cn } from '@/components/ui/cn';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { formatCount, formatPlural, humanise } from '@/components/ui/format';
import { SeverityIcon } from '@/components/ui/signs/severity-icon';
import { Age } from '@/components/ui/time/time';
import { formatUtc } from '@/components/ui/time/time-format';
import type { EventRow } from '@/domain/events/envelope';
import type { ColumnId, ListLook, TimeForm } from './list-look';
import { shownColumns } from './list-look';
import { Marked, useMarked } from '../marks';
import { formatMoment, isoOf } from './moment';

/** On one line the cells stand in the order of the columns; on two each keeps to its line. */
const IN_ORDER = '@4xl:order-(--place)';
const FIRST_LINE = ['severity', 'type', 'time'] as const;
type FirstLine = (typeof FIRST_LINE)[number];
const isFirst = (id: ColumnId): id is FirstLine => FIRST_LINE.some((each) => each === id);

/**
 * The cells of a row. Apart from its frame, so that a mark that comes or goes leaves them alone. Narrow: what happened
 * and when, above where and what about. Wide: one line, for which both lines dissolve into the row's grid.
 */
export const EventCells = memo(function EventCells({
  row,
  look,
  zone,
}: {
  row: EventRow;
  look: ListLook;
  zone: string | undefined;
}) {
  const columns = shownColumns(look);
  const cell = (id: ColumnId) => (
    <span
      key={id}
      data-column={id}
      style={{ '--place': columns.indexOf(id) } as CSSProperties}
      className={cn('flex min-w-0 items-center', IN_ORDER, placement(id, look))}
    >
      <Cell id={id} row={row} look={look} zone={zone} />
    </span>
  );
  const second = columns.filter((id) => !isFirst(id));
  return (
    <>
      <span className="flex min-w-0 items-center gap-x-2.5 @4xl:contents">
        {FIRST_LINE.filter((id) => columns.includes(id)).map(cell)}
      </span>
      {second.length > 0 && (
        <span
          className={cn(
            'flex min-w-0 items-center gap-x-2.5 @4xl:contents',
            columns.includes('severity') && 'pl-5.5',
          )}
        >
          {second.map(cell)}
        </span>
      )}
    </>
  );
});

/** Which cells step back where there is little room, and which take what is left. */
function placement(id: ColumnId, { columns }: ListLook): string {
  if (id === 'time') return 'ml-auto shrink-0 @4xl:ml-0 @4xl:shrink';
  if (id === 'summary') return 'flex-1 gap-1.5';
  if (id === 'category') return 'hidden gap-1.5 @4xl:flex';
  if (id === 'source' && columns === null) return 'hidden @6xl:flex';
  return 'empty:hidden @4xl:empty:flex';
}

interface CellProps {
  id: ColumnId;
  row: EventRow;
  look: ListLook;
  zone: string | undefined;
}

function Cell({ id, row, look, zone }: CellProps) {
  switch (id) {
    case 'time':
      return <Moment at={row.timestamp} times={look.times} zone={zone} />;
    case 'received':
      return <Moment at={row.received_at} times={look.times} zone={zone} />;
    case 'severity':
      return <SeverityIcon severity={row.severity} />;
    case 'category':
      return <CategoryCell row={row} />;
    case 'type':
      return <TypeCell type={row.event_type} />;
    case 'config':
    case 'node':
    case 'model':
      return <NameCell field={id} row={row} className="font-mono text-2xs text-dim" />;
    case 'source':
      return <NameCell field={id} row={row} className="text-faint" />;
    case 'origin':
      return <span className="truncate text-faint">{humanise(row.origin)}</span>;
    case 'seq':
      return <span className="truncate font-mono text-2xs text-faint">{formatCount(row.seq)}</span>;
    case 'duplicate':
      return row.duplicate && <DuplicateBadge />;
    case 'drift':
      return row.drift > 0 && <DriftBadge drift={row.drift} />;
    case 'summary':
      return <Summary row={row} look={look} />;
  }
}

function Moment({ at, times, zone }: { at: number; times: TimeForm; zone: string | undefined }) {
  const from = useDay();
  const looks = 'truncate font-mono text-2xs whitespace-nowrap text-faint';
  if (times === 'ago') return <Age at={at} className={looks} />;
  return (
    <time dateTime={isoOf(at)} title={formatUtc(at)} className={looks}>
      {formatMoment(at, zone, from)}
    </time>
  );
}

function CategoryCell({ row }: { row: EventRow }) {
  const marked = useMarked('category', row.category).length > 0;
  const name = categoryName(row.category);
  return (
    <>
      <CategoryIcon category={row.category} />
      <span className="hidden truncate text-dim @7xl:block" title={name}>
        {marked ? <Marked field="category" text={row.category} /> : name}
      </span>
    </>
  );
}

function TypeCell({ type }: { type: string }) {
  return <EventTypeName type={type} marks={useMarked('type', type)} className="font-medium" />;
}

function NameCell({
  field,
  row,
  className,
}: {
  field: 'config' | 'node' | 'model' | 'source';
  row: EventRow;
  className: string;
}) {
  const text = row[field] ?? '';
  return (
    text !== '' && (
      <span title={text} className={cn('truncate', className)}>
        <Marked field={field} text={text} />
      </span>
    )
  );
}

function Summary({ row, look }: { row: EventRow; look: ListLook }) {
  const columns = shownColumns(look);
  return (
    <>
      {row.found !== undefined && (
        <span
          className="max-w-full shrink-0 truncate text-fg @4xl:max-w-1/2"
          title={`Found in the payload: ${row.found}`}
        >
          <Marked field="summary" text={row.found} />
        </span>
      )}
      <span className="truncate text-dim" title={row.summary}>
        <Marked field="summary" text={row.summary} />
      </span>
      {row.duplicate && !columns.includes('duplicate') && <DuplicateBadge />}
      {row.drift > 0 && !columns.includes('drift') && <DriftBadge drift={row.drift} />}
    </>
  );
}

function DuplicateBadge() {
  return (
    <Badge dense title="Repeats an earlier event within the duplicate window">
      duplicate
    </Badge>
  );
}

function DriftBadge({ drift }: { drift: number }) {
  return (
    <Badge dense title={`${formatPlural(drift, 'difference')} from the catalogue`}>
      drift {drift}
    </Badge>
  );
}
