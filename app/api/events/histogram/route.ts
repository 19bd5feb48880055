import { door } from '@/server/api/rest/http';
import {
  FILTER_PARAMS,
  filterFromParams,
  flagParam,
  integerParam,
  paramsOf,
} from '@/server/api/rest/query-params';
import { BUCKETS, histogramOf, MAX_BUCKETS } from '@/server/api/events/summary';

export const dynamic = 'force-dynamic';

/** Matching events over time, by category. */
export function GET(request: Request): Promise<Response> {
  return door(request, 'GET /api/events/histogram', async () => {
    const params = paramsOf(request, [...FILTER_PARAMS, 'buckets', 'exact']);
    const buckets = integerParam(params, 'buckets', { min: 1, max: MAX_BUCKETS, default: BUCKETS });
    const exact = flagParam(params, 'exact');
    return histogramOf(filterFromParams(params), { buckets, exact }, request.signal);
  });
}
