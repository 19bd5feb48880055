import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Principal } from '@/domain/access/principal';
import { afterSignIn, visitorOf } from '@/server/api/sign-in/visitor';

/** Who looks at this page, or null; found out once per request. */
export const visitor = cache(async (): Promise<Principal | null> => visitorOf(await headers()));

/** Who looks at this page. Everybody else is sent to the sign-in page: call it first in every page and its metadata. */
export async function viewer(): Promise<Principal> {
  const found = await visitor();
  if (found !== null) return found;
  redirect(`/sign-in${afterSignIn(await headers())}`);
}
