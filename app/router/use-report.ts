'use client';

import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery, type LiveQuery } from '@/app/_client/queries/use-live-query';
import type { RouterReport } from '@/server/live/runtime/router-report';

/** Polls of the cluster's processes move while nothing else does. */
const REFRESH_MS = 3_000;

/** The router's report: what the page was rendered with, then every few seconds anew while it is looked at. */
export function useRouterReport(initial: RouterReport): LiveQuery<RouterReport> {
  const trpc = useTRPC();
  const options = trpc.pages.router.report.queryOptions(undefined, { refetchInterval: REFRESH_MS });
  return useLiveQuery(options, null, null, { input: null, data: initial });
}
