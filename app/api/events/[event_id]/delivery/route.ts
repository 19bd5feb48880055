import { door } from '@/server/api/rest/http';
import { deliveryOfEvent, storedEvent } from '@/server/api/pages/event';
import { paramsOf } from '@/server/api/rest/query-params';

export const dynamic = 'force-dynamic';

export function GET(request: Request, context: { params: Promise<{ event_id: string }> }): Promise<Response> {
  return door(request, 'GET /api/events/[event_id]/delivery', async () => {
    paramsOf(request, []);
    return deliveryOfEvent(await storedEvent((await context.params).event_id));
  });
}
