import { services } from '@/server/services';

export const dynamic = 'force-dynamic';

/** Prometheus text. */
export async function GET(): Promise<Response> {
  return new Response(await services().metrics(), {
    headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' },
  });
}
