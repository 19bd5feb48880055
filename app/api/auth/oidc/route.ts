import { answer } from '@/server/api/rest/http';
import { oidcStart } from '@/server/api/sign-in/sign-in';

export const dynamic = 'force-dynamic';

/** Leads to the sign-in provider. */
export function GET(request: Request): Promise<Response> {
  return answer(() => oidcStart(request));
}
