import { ApiError } from '@/server/api/refusals/errors';
import { door } from '@/server/api/rest/http';
import { paramsOf } from '@/server/api/rest/query-params';
import { services } from '@/server/services';

export const dynamic = 'force-dynamic';

/** The folded state behind a page. */
export function GET(request: Request, context: { params: Promise<{ name: string }> }): Promise<Response> {
  return door(request, 'GET /api/state/[name]', async () => {
    paramsOf(request, []);
    const state = services().live.state((await context.params).name);
    if (state === undefined) throw new ApiError('not_found', 'there is no state of this name');
    return state;
  });
}
