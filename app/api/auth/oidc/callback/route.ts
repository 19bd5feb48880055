import { answer } from '@/server/api/rest/http';
import { oidcCallback } from '@/server/api/sign-in/sign-in';

export const dynamic = 'force-dynamic';

/** Where the sign-in provider leads back to. */
export function GET(request: Request): Promise<Response> {
  return answer(() => oidcCallback(request));
}
