import { answer } from '@/server/api/rest/http';
import { signIn } from '@/server/api/sign-in/sign-in';

export const dynamic = 'force-dynamic';

/** Begins a session for an email and a password. */
export function POST(request: Request): Promise<Response> {
  return answer(() => signIn(request));
}
