import { ApiError } from '@/server/api/refusals/errors';
import { listEvents, MAX_PAGE } from '@/server/api/events/events';
import { door } from '@/server/api/rest/http';
import { receive } from '@/server/api/incoming/receive';
import { publisherOf } from '@/server/api/incoming/publish';
import { FILTER_PARAMS, filterFromParams, integerParam, paramsOf } from '@/server/api/rest/query-params';

export const dynamic = 'force-dynamic';

/** Matching events, a page at a time. */
export function GET(request: Request): Promise<Response> {
  return door(request, 'GET /api/events', () => {
    const params = paramsOf(request, [...FILTER_PARAMS, 'order', 'limit', 'cursor']);
    const order = params.get('order') ?? 'desc';
    if (order !== 'asc' && order !== 'desc') throw new ApiError('bad_request', 'order: give asc or desc');
    const limit = integerParam(params, 'limit', { min: 1, max: MAX_PAGE, default: 100 });
    const options = { order, limit, cursor: params.get('cursor') ?? undefined } as const;
    return listEvents(filterFromParams(params), options, request.signal);
  });
}

/** Events in each of the forms that are taken; answers once all are durable. */
export function POST(request: Request): Promise<Response> {
  return door(request, 'POST /api/events', (principal) => {
    paramsOf(request, []);
    return receive(request, publisherOf(principal));
  });
}
