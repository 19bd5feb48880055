import { door } from '@/server/api/rest/http';
import { paramsOf } from '@/server/api/rest/query-params';
import { viewsFor } from '@/server/api/shell/views';

export const dynamic = 'force-dynamic';

/** The saved views, with the stars of whoever asks. */
export function GET(request: Request): Promise<Response> {
  return door(request, 'GET /api/views', (principal) => {
    paramsOf(request, []);
    return Promise.resolve({ views: viewsFor(principal) });
  });
}
