import { answer } from '@/server/api/http';
import { signOut } from '@/server/api/sign-in';

export const dynamic = 'force-dynamic';

/** Ends the session. */
export function POST(request: Request): Promise<Response> {
  return answer(() => signOut(request));
}
