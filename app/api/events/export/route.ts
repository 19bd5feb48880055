import { exportEvents } from '@/server/api/export';
import { errorResponse } from '@/server/api/http';

export const dynamic = 'force-dynamic';

/** Everything that matches, streamed; the connection breaks off where it cannot be whole. */
export function GET(request: Request): Promise<Response> {
  return exportEvents(new URL(request.url), { body: true }).catch(errorResponse);
}

/** What a GET would be headed by, without reading an event. */
export function HEAD(request: Request): Promise<Response> {
  return exportEvents(new URL(request.url), { body: false }).catch(errorResponse);
}
