'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { AppRouter } from '@/server/api/router';

const context = createTRPCContext<AppRouter>();

/** Query options of every procedure: `useQuery(useTRPC().events.byId.queryOptions({ event_id }))`. */
export const useTRPC = context.useTRPC;
export const useTRPCClient = context.useTRPCClient;

/** Of a query that may take long: it travels alone, so that no quicker one waits for it, and ends when its page leaves. */
export const ALONE = { trpc: { context: { alone: true }, abortOnUnmount: true } } as const;

/** tRPC over HTTP on the page's own origin, cached by TanStack Query. Nothing queried here is live; topics are. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { staleTime: 5_000, retry: 1, refetchOnWindowFocus: false } },
      }),
  );
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: ({ context }) => context['alone'] === true,
          true: httpLink({ url: '/api/trpc' }),
          false: httpBatchLink({ url: '/api/trpc', maxItems: 10 }),
        }),
      ],
    }),
  );
  return (
    <QueryClientProvider client={queries}>
      <context.TRPCProvider trpcClient={client} queryClient={queries}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}
