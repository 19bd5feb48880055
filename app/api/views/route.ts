import { door } from '@/server/api/http';
import { paramsOf } from '@/server/api/query-params';
import { viewsFor } from '@/server/api/views';

export const dynamic = 'force-dynamic';

/** The saved views, with the stars of whoever asks. */
export function GET(request: Request): Promise<Response> {
  return door(request, 'GET /api/views', (principal) => {
    paramsOf(request, []);
    return Promise.resolve({ views: viewsFor(principal) });
  });
}
