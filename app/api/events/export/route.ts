import { exportEvents } from '@/server/api/events/export';
import { door } from '@/server/api/rest/http';

export const dynamic = 'force-dynamic';

/** Everything that matches, streamed; the connection breaks off where it cannot be whole. */
export function GET(request: Request): Promise<Response> {
  return door(request, 'GET /api/events/export', (principal) =>
    exportEvents(request, principal, { body: true }),
  );
}

/** What a GET would be headed by, without reading an event. */
export function HEAD(request: Request): Promise<Response> {
  return door(request, 'HEAD /api/events/export', (principal) =>
    exportEvents(request, principal, { body: false }),
  );
}
