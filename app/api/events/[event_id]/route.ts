import { getEvent } from '@/server/api/events';
import { door } from '@/server/api/http';

export const dynamic = 'force-dynamic';

export function GET(request: Request, context: { params: Promise<{ event_id: string }> }): Promise<Response> {
  return door(request, 'GET /api/events/[event_id]', async () => getEvent((await context.params).event_id));
}
