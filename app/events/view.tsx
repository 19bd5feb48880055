'use client';

import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useCallback, useMemo, useRef, useState, type ComponentProps } from 'react';
import { FilterBar } from '@/components/events/filtering/filter-bar';
import type { FilterPatch } from '@/components/events/filters';
import { countFilters, NO_FACETS } from '@/components/events/filters';
import type { Density } from '@/components/events/list/list-look';
import { MarksProvider } from '@/components/events/marks';
import { NoMatches } from '@/components/events/filtering/no-matches';
import { Page } from '@/components/shell/page/page';
import { Empty } from '@/components/ui/panel/empty';
import { useZone } from '@/components/ui/time/clock';
import { useGo } from '@/components/ui/go';
import type { EventRow, WireEvent } from '@/domain/events/envelope';
import type { EventFilter } from '@/domain/realtime/contract';
import { useLiveClient, useServerStatus } from '../_client/live/live-provider';
import { useTRPC } from '../_client/queries/trpc';
import { ExportButton } from './_export/export-button';
import type { FeedStart } from './feed';
import { Feed } from './feed';
import { eventSearch, filterOf, ignoredValues } from './search-params';
import { SelectedEvent } from './selected-event';
import { FacetsButton, FacetsColumn, SummaryBar } from './summary';
import { useSummary } from './use-summary';
import { useListLook } from './use-list-look';
import { useNames } from './use-names';

/** From here on there is room for an event beside the feed; the same width as in selected-event.tsx. */
const WIDE = '(min-width: 64rem)';

/** `start` holds the rows of `startFilter`, as the server read them. */
export function EventsView({
  startFilter,
  start,
  selected,
  density,
}: {
  startFilter: EventFilter;
  start: FeedStart;
  selected: WireEvent | null;
  /** As this browser remembers it. */
  density: Density;
}) {
  const go = useGo();
  const trpc = useTRPC();
  const client = useLiveClient();
  const zone = useZone();
  const facets = useQuery({ ...trpc.events.facets.queryOptions(), staleTime: 60_000 });
  const { names, ask, askPayload } = useNames();
  const looks = useListLook(density);
  const [search, setSearch] = useQueryStates(eventSearch);
  const [paused, setPaused] = useState(false);
  const textRef = useRef<HTMLInputElement>(null);
  const params = useSearchParams();
  const key = JSON.stringify(filterOf(search));
  const filter = useMemo(() => JSON.parse(key) as EventFilter, [key]);
  const ignored = ignoredValues(new URLSearchParams(params));

  const change = useCallback(
    (patch: FilterPatch): void => {
      // Each letter typed is not a page to go back to; a picked filter is.
      const history = 'q' in patch ? 'replace' : 'push';
      void setSearch(patch as Parameters<typeof setSearch>[0], { history });
    },
    [setSearch],
  );
  const pick = useCallback(
    (patch: FilterPatch) => void setSearch(patch as Parameters<typeof setSearch>[0], { history: 'push' }),
    [setSearch],
  );
  const counted = {
    summary: useSummary(filter),
    filter,
    narrow: search.selected !== null,
    onChange: pick,
  };
  const select = (eventId: string | null): void => void setSearch({ selected: eventId });
  const open = (row: EventRow): void => {
    if (window.matchMedia(WIDE).matches) select(row.event_id);
    else go(`/events/${row.event_id}`);
  };
  return (
    <Page
      title="Events"
      lead="Every event of the cluster, as it arrives."
      header={<ExportButton filter={filter} zone={zone} />}
      fill
    >
      <FilterBar
        filter={filter}
        facets={facets.data ?? NO_FACETS}
        counts={counted.summary.data?.facets ?? null}
        exact={counted.summary.data?.exact ?? true}
        onMenu={counted.summary.onMany}
        clock={client.eventTime}
        zone={zone}
        textRef={textRef}
        names={names}
        onNames={ask}
        onPayloadKey={askPayload}
        onChange={change}
      />
      {ignored.length > 0 && (
        <p
          role="status"
          className="rounded border border-warn/40 bg-warn-soft px-2 py-1 text-xs break-words text-warn"
        >
          In this address, {ignored.join('; ')}.
        </p>
      )}
      <SummaryBar {...counted} className="hidden rounded-md border md:block" />
      <MarksProvider query={filter.q}>
        <div className="relative flex min-h-0 min-w-0 flex-1 gap-3">
          <FacetsColumn {...counted} />
          <Feed
            key={key}
            filter={filter}
            start={key === JSON.stringify(startFilter) ? start : null}
            zone={zone}
            empty={
              countFilters(filter) > 0 ? (
                <NoMatchesNow filter={filter} facets={facets.data ?? NO_FACETS} onChange={pick} />
              ) : (
                <NoEvents />
              )
            }
            selectedId={search.selected}
            paused={paused}
            onPaused={setPaused}
            onOpen={open}
            onClose={() => select(null)}
            textRef={textRef}
            looks={looks}
            summary={<FacetsButton {...counted} />}
          />
          {search.selected !== null && (
            <SelectedEvent
              eventId={search.selected}
              initial={selected}
              onGo={select}
              onClose={() => select(null)}
            />
          )}
        </div>
      </MarksProvider>
    </Page>
  );
}

function NoMatchesNow(props: Pick<ComponentProps<typeof NoMatches>, 'filter' | 'facets' | 'onChange'>) {
  const { clock, now } = useServerStatus();
  return <NoMatches {...props} newest={clock} now={now} />;
}

function NoEvents() {
  return (
    <Empty title="No events yet">
      Events appear here as the cluster emits them. To look around first: <code>npm run demo</code>, or import
      a recording with <code>npx ringside import FILE</code>.
    </Empty>
  );
}
