import { answer } from '@/server/api/rest/http';
import { lookAtLink } from '@/server/api/sign-in/sign-in';

export const dynamic = 'force-dynamic';

/** Says what a one-time link is for. */
export function POST(request: Request): Promise<Response> {
  return answer(() => lookAtLink(request));
}
