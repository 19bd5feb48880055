import { getEvent } from '@/server/api/events/events';
import { door } from '@/server/api/rest/http';
import { paramsOf } from '@/server/api/rest/query-params';

export const dynamic = 'force-dynamic';

export function GET(request: Request, context: { params: Promise<{ event_id: string }> }): Promise<Response> {
  return door(request, 'GET /api/events/[event_id]', async () => {
    paramsOf(request, []);
    return getEvent((await context.params).event_id);
  });
}
