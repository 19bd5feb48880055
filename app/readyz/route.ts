import { services } from '@/server/services';

export const dynamic = 'force-dynamic';

/** 200 once events can be published and pages show current state; 503 before, and while history cannot take events. */
export function GET(): Response {
  const report = services().health();
  return Response.json(report, {
    status: report.ready ? 200 : 503,
    headers: report.ready ? {} : { 'Retry-After': '1' },
  });
}
