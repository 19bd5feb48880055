import { answer } from '@/server/api/rest/http';
import { signOut } from '@/server/api/sign-in/sign-in';

export const dynamic = 'force-dynamic';

/** Ends the session. */
export function POST(request: Request): Promise<Response> {
  return answer(() => signOut(request));
}
