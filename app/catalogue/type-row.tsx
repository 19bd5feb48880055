import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { EventLink } from '@/components/live/event-link';
import { Badge } from '@/components/ui/signs/badge';
import { cn } from '@/components/ui/cn';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { formatCount, formatHourly, formatPercent, formatPlural } from '@/components/ui/format';
import { SeverityIcon } from '@/components/ui/signs/severity-icon';
import type { TypeEntity } from '@/domain/projections/traffic';
import type { CatalogueEntry } from './entries';
import { TypeDetails } from './type-details';

/** One type: its name, meaning and traffic; opens to all that is known of it. Rendered anew only when it changes. */
export const TypeRow = memo(function TypeRow({
  name,
  entry,
  traffic,
  open,
  onToggle,
}: {
  name: string;
  /** Null for a type that the catalogue lacks. */
  entry: CatalogueEntry | null;
  traffic: TypeEntity | undefined;
  open: boolean;
  onToggle: (type: string) => void;
}) {
  const id = `type-${name}`;
  return (
    <div className={cn('border-b last:border-b-0', open && 'bg-raised/40')}>
      <div className="flex flex-col px-3 hover:bg-raised/60 lg:flex-row lg:items-center lg:gap-3">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => onToggle(name)}
          className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 pt-2 pb-1 text-left lg:flex-nowrap lg:pb-2"
        >
          <ChevronRight className={cn('size-3.5 shrink-0 text-faint', open && 'rotate-90')} aria-hidden />
          {entry === null ? (
            <span className="size-2.5 shrink-0" aria-hidden />
          ) : (
            <SeverityIcon severity={entry.severity} />
          )}
          <EventTypeName type={name} className="lg:w-72 lg:shrink-0" />
          <span className="min-w-0 basis-full text-xs text-dim lg:flex-1 lg:basis-0">
            {entry?.description ?? 'Not in the catalogue: stored, searched and counted like any other.'}
          </span>
        </button>
        <Seen traffic={traffic} />
      </div>
      {open && <TypeDetails id={id} type={name} entry={entry} traffic={traffic} />}
    </div>
  );
});

/** Fixed widths, so that figures stand below each other from row to row. */
function Seen({ traffic }: { traffic: TypeEntity | undefined }) {
  if (traffic === undefined)
    return <span className="pb-2 text-xs text-faint lg:w-96 lg:pb-0 lg:text-right">never seen</span>;
  const { count, rate_per_hour: rate, drifted, last } = traffic;
  return (
    <span className="flex shrink-0 flex-wrap items-center gap-x-3 pt-1 pb-2 text-xs text-dim lg:w-96 lg:flex-nowrap lg:justify-end lg:py-0">
      {drifted > 0 && (
        <Badge tone="warn" shape title={`${formatPlural(drifted, 'event')} not as the catalogue has it`}>
          drift {formatPercent(drifted / Math.max(1, count))}
        </Badge>
      )}
      <span className="whitespace-nowrap lg:w-16 lg:text-right">{formatHourly(rate)}/h</span>
      <span className="font-medium whitespace-nowrap text-fg lg:w-16 lg:text-right">
        {formatCount(count)}
      </span>
      <span className="whitespace-nowrap lg:w-24 lg:text-right">
        <EventLink event={last} />
      </span>
    </span>
  );
}
