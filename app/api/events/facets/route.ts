import { door } from '@/server/api/rest/http';
import {
  FILTER_PARAMS,
  filterFromParams,
  flagParam,
  integerParam,
  paramsOf,
} from '@/server/api/rest/query-params';
import { facetsOf, MAX_VALUES, VALUES } from '@/server/api/events/summary';

export const dynamic = 'force-dynamic';

/** The most frequent values among matching events. */
export function GET(request: Request): Promise<Response> {
  return door(request, 'GET /api/events/facets', async () => {
    const params = paramsOf(request, [...FILTER_PARAMS, 'values', 'exact']);
    const values = integerParam(params, 'values', { min: 1, max: MAX_VALUES, default: VALUES });
    const exact = flagParam(params, 'exact');
    return facetsOf(filterFromParams(params), { values, exact }, request.signal);
  });
}
