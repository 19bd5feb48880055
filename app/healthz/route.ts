import { healthFor } from '@/server/api/rest/health';

export const dynamic = 'force-dynamic';

/** Liveness: 200 while the process serves, also degraded; those who may read learn what is wrong. */
export async function GET(request: Request): Promise<Response> {
  return Response.json(await healthFor(request.headers));
}
