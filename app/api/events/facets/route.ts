import { door } from '@/server/api/http';
import { filterFromParams, flagParam } from '@/server/api/query-params';
import { facetsOf } from '@/server/api/summary';

export const dynamic = 'force-dynamic';

/** The most frequent values among matching events. */
export function GET(request: Request): Promise<Response> {
  return door(request, 'GET /api/events/facets', async () => {
    const params = new URL(request.url).searchParams;
    return facetsOf(filterFromParams(params), flagParam(params, 'exact'), request.signal);
  });
}
