import { healthFor } from '@/server/api/rest/health';

export const dynamic = 'force-dynamic';

/** 200 once events can be published and pages show current state; 503 before, and while history cannot take events. */
export async function GET(request: Request): Promise<Response> {
  const report = await healthFor(request.headers);
  return Response.json(report, {
    status: report.ready ? 200 : 503,
    headers: report.ready ? {} : { 'Retry-After': '1' },
  });
}
