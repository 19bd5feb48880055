import { door, metricsReader } from '@/server/api/rest/http';
import { services } from '@/server/services';

export const dynamic = 'force-dynamic';

/** Prometheus text; for a scraper on this machine, or with a key. */
export function GET(request: Request): Promise<Response> {
  return door(
    request,
    'GET /metrics',
    async () =>
      new Response(await services().metrics(), {
        headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' },
      }),
    metricsReader,
  );
}
