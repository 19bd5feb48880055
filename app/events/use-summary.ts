import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { FEW_VALUES, MOST_VALUES, type FacetField } from '@/components/events/counts/facets-model';
import type { EventFilter } from '@/domain/realtime/contract';
import type { AppRouter } from '@/server/api/router';
import { useServerFigure } from '../_client/live/live-provider';
import { ALONE, useTRPC } from '../_client/queries/trpc';
import type { LiveQuery } from '../_client/queries/use-live-query';
import { useLiveQuery } from '../_client/queries/use-live-query';

export type EventsSummary = inferRouterOutputs<AppRouter>['events']['summary'];
type SummaryFilter = inferRouterInputs<AppRouter>['events']['summary']['filter'];

export interface CountedSummary extends LiveQuery<EventsSummary> {
  /** What is shown is an estimate, and is being counted one by one. */
  readonly counting: boolean;
  /** Fields of which all values are shown, as far as they are told; `onOpen` opens or shuts one. */
  readonly opened: ReadonlySet<FacetField>;
  readonly onOpen: (field: FacetField) => void;
  /** Somebody needs more than the most frequent values of each field, or no more. */
  readonly onMany: (many: boolean) => void;
}

/** An exact count of what moves with the clock is asked for again after so long. */
const COUNT_AGAIN_MS = 60_000;

/**
 * Counts of what matches. They follow the live events every few seconds while somebody can see them. Where few are only
 * estimated, a second question counts them, however long that takes, and its answer takes the place of the estimate; the
 * server answers the next ones from it.
 */
export function useSummary(filter: EventFilter): CountedSummary {
  const trpc = useTRPC();
  const seq = useServerFigure(({ as_of_seq: newest }) => newest);
  const visible = useSyncExternalStore(subscribeVisible, isVisible, () => true);
  const [version, setVersion] = useState(seq);
  if (visible && version !== seq) setVersion(seq);
  const [opened, setOpened] = useState<ReadonlySet<FacetField>>(new Set());
  const onOpen = useCallback(
    (field: FacetField): void =>
      setOpened(
        (before) =>
          new Set(before.has(field) ? [...before].filter((each) => each !== field) : [...before, field]),
      ),
    [],
  );
  const [many, setMany] = useState(false);
  const values = opened.size === 0 && !many ? FEW_VALUES : MOST_VALUES;
  const input = { filter: filter as SummaryFilter, values };
  const quick = useLiveQuery(trpc.events.summary.queryOptions(input, ALONE), input, version, null);
  const wanted = !quick.stale && quick.data?.countable === true;
  const exact = useQuery({
    ...trpc.events.summary.queryOptions({ ...input, exact: true }, ALONE),
    enabled: wanted && visible,
    staleTime: COUNT_AGAIN_MS,
    refetchInterval: COUNT_AGAIN_MS,
    retry: false,
  });
  const asked = { opened, onOpen, onMany: setMany };
  if (!wanted) return { ...quick, ...asked, counting: false };
  const data = exact.data?.exact ? exact.data : quick.data;
  return { ...quick, ...asked, data, counting: exact.isFetching && !data.exact };
}

const isVisible = (): boolean => document.visibilityState === 'visible';

function subscribeVisible(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}
