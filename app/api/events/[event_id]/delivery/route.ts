import { answer } from '@/server/api/http';
import { deliveryOfEvent, storedEvent } from '@/server/api/pages/event';

export const dynamic = 'force-dynamic';

export function GET(
  _request: Request,
  context: { params: Promise<{ event_id: string }> },
): Promise<Response> {
  return answer(async () => deliveryOfEvent(await storedEvent((await context.params).event_id)));
}
