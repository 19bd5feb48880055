import { door } from '@/server/api/http';
import { FILTER_PARAMS, filterFromParams, flagParam, paramsOf } from '@/server/api/query-params';
import { facetsOf } from '@/server/api/summary';

export const dynamic = 'force-dynamic';

/** The most frequent values among matching events. */
export function GET(request: Request): Promise<Response> {
  return door(request, 'GET /api/events/facets', async () => {
    const params = paramsOf(request, [...FILTER_PARAMS, 'exact']);
    return facetsOf(filterFromParams(params), flagParam(params, 'exact'), request.signal);
  });
}
