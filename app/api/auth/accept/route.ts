import { answer } from '@/server/api/rest/http';
import { acceptLink } from '@/server/api/sign-in/sign-in';

export const dynamic = 'force-dynamic';

/** Uses a one-time link: an account, or a new password. */
export function POST(request: Request): Promise<Response> {
  return answer(() => acceptLink(request));
}
