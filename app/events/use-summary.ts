import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { useState, useSyncExternalStore } from 'react';
import type { EventFilter } from '@/domain/realtime/contract';
import type { AppRouter } from '@/server/api/router';
import { useServerStatus } from '../_client/live-provider';
import { ALONE, useTRPC } from '../_client/trpc';
import type { LiveQuery } from '../_client/use-live-query';
import { useLiveQuery } from '../_client/use-live-query';

export type EventsSummary = inferRouterOutputs<AppRouter>['events']['summary'];
type SummaryFilter = inferRouterInputs<AppRouter>['events']['summary']['filter'];

/** Counts of what matches. They follow the live events every few seconds while somebody can see them. */
export function useSummary(filter: EventFilter): LiveQuery<EventsSummary> {
  const trpc = useTRPC();
  const seq = useServerStatus().as_of_seq;
  const visible = useSyncExternalStore(subscribeVisible, isVisible, () => true);
  const [version, setVersion] = useState(seq);
  if (visible && version !== seq) setVersion(seq);
  const input = { filter: filter as SummaryFilter };
  return useLiveQuery(trpc.events.summary.queryOptions(input, ALONE), input, version, null);
}

const isVisible = (): boolean => document.visibilityState === 'visible';

function subscribeVisible(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}
