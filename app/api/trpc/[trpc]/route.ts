import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { contextOf } from '@/server/api/trpc/context';
import { appRouter } from '@/server/api/router';

export const dynamic = 'force-dynamic';

function handler(req: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    createContext: () => contextOf(req.headers),
    maxBatchSize: 20,
  });
}

export { handler as GET, handler as POST };
