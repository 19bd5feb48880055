'use client';

import { ListFilter } from 'lucide-react';
import { useState } from 'react';
import { FacetsPanel } from '@/components/events/counts/facets-panel';
import type { FilterPatch } from '@/components/events/filters';
import { Histogram } from '@/components/events/counts/histogram';
import { Button } from '@/components/ui/controls/button';
import { cn } from '@/components/ui/cn';
import { Dialog, DialogContent } from '@/components/ui/over/dialog';
import type { EventFilter } from '@/domain/realtime/contract';
import { sayUnanswered } from '../_client/queries/unanswered';
import { howCounted } from './how-counted';
import type { CountedSummary } from './use-summary';

interface SummaryProps {
  summary: CountedSummary;
  filter: EventFilter;
  onChange: (patch: FilterPatch) => void;
}

/** The bars above the list, where there is room for them. */
export function SummaryBar({ className, ...props }: SummaryProps & { className?: string }) {
  const { summary, filter, onChange } = props;
  const { data } = summary;
  const { since, until } = filter;
  return (
    <section
      aria-label="Matches over time"
      data-testid="histogram"
      data-stale={summary.stale || undefined}
      className={cn(
        // As high as the chart with one line of legend, before it is there too: the list below must not move.
        'min-h-33.5 min-w-0 shrink-0 bg-surface px-2 pt-1 md:[&_ul]:max-h-6 md:[&_ul]:overflow-y-auto',
        className,
      )}
    >
      {data === undefined ? (
        <p className="pt-12 text-center text-xs text-faint">{summary.error ?? 'Counting…'}</p>
      ) : (
        <Histogram
          counts={data}
          window={since !== undefined && until !== undefined ? [since, until] : null}
          onWindow={(range) => onChange({ since: range?.[0] ?? null, until: range?.[1] ?? null })}
          note={<Trust summary={summary} />}
        />
      )}
    </section>
  );
}

/** Leads to the facets, and on narrow screens to the bars, where they do not stand around the list. `narrow`: an event stands there too. */
export function FacetsButton({ narrow, ...props }: SummaryProps & { narrow: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        className={narrow ? 'min-[120rem]:hidden' : 'min-[88rem]:hidden'}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <ListFilter className="size-3.5" aria-hidden />
        <span className="sr-only @md:not-sr-only">Facets</span>
      </Button>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent title="Facets" place="left">
          <div className="-m-4">
            <SummaryBar {...props} className="border-b md:hidden" />
            <Panel {...props} />
          </div>
        </DialogContent>
      </Dialog>
    </>
  );
}

/** The facets beside the list, where there is room for them. `narrow`: an event stands there too. */
export function FacetsColumn({ narrow, ...props }: SummaryProps & { narrow: boolean }) {
  return (
    <aside
      aria-label="Facets"
      className={cn(
        'hidden w-56 min-w-0 shrink-0 overflow-y-auto rounded-md border bg-surface',
        narrow ? 'min-[120rem]:block' : 'min-[88rem]:block',
      )}
    >
      <Panel {...props} />
    </aside>
  );
}

function Panel({ summary, filter, onChange }: SummaryProps) {
  const { data, error } = summary;
  if (data === undefined && error !== null) return <p className="p-3 text-xs text-bad">{error}</p>;
  return (
    <FacetsPanel
      counts={data?.facets ?? null}
      exact={data?.exact ?? true}
      filter={filter}
      opened={summary.opened}
      onOpen={summary.onOpen}
      onChange={onChange}
    />
  );
}

/** How far the counts can be trusted. Always a word, so that nothing moves when an estimate becomes a count. */
function Trust({ summary: { data, error, counting } }: { summary: CountedSummary }) {
  if (data === undefined) return null;
  const looks = 'self-center text-2xs';
  if (error !== null)
    return <span className={cn(looks, 'text-warn')}>Counts are not up to date: {sayUnanswered(error)}</span>;
  const says = howCounted(data, counting);
  if (data.exact) return <span className={cn(looks, 'text-faint')}>{says}</span>;
  return (
    <span data-testid="estimated" className={cn(looks, 'text-dim')}>
      {says}
    </span>
  );
}
