import { getEvent } from '@/server/api/events';
import { answer } from '@/server/api/http';

export const dynamic = 'force-dynamic';

export function GET(
  _request: Request,
  context: { params: Promise<{ event_id: string }> },
): Promise<Response> {
  return answer(async () => getEvent((await context.params).event_id));
}
