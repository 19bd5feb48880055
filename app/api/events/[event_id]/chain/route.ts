import { door } from '@/server/api/rest/http';
import { chainsOfEvent, storedEvent } from '@/server/api/pages/event';
import { paramsOf } from '@/server/api/rest/query-params';

export const dynamic = 'force-dynamic';

export function GET(request: Request, context: { params: Promise<{ event_id: string }> }): Promise<Response> {
  return door(request, 'GET /api/events/[event_id]/chain', async () => {
    paramsOf(request, []);
    return chainsOfEvent(await storedEvent((await context.params).event_id));
  });
}
