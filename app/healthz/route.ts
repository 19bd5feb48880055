import { services } from '@/server/services';

export const dynamic = 'force-dynamic';

/** Liveness with its reasons: 200 while the process serves, also degraded; the body says what is wrong. */
export function GET(): Response {
  return Response.json(services().health());
}
