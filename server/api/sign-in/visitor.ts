import { may } from '../../../domain/access/permissions';
import type { Principal, Visitor } from '../../../domain/access/principal';
import { NONCE_HEADER, PATH_HEADER } from '../../callers/headers';
import { services } from '../../services';

/** Who asks for a page, when they may look at pages; null for everybody else. */
export async function visitorOf(headers: Headers): Promise<Principal | null> {
  const principal = await services()
    .access.principal(headers)
    .catch((error: unknown) => {
      if (error instanceof Error && error.name === 'AccessError') return null;
      throw error;
    });
  return principal !== null && may(principal.role, 'read') ? principal : null;
}

/** The query by which the sign-in page leads back to what was asked for. */
export function afterSignIn(headers: Headers): string {
  const back = pathBack(headers.get(PATH_HEADER) ?? '/');
  return back === '/' ? '' : `?back=${encodeURIComponent(back)}`;
}

/** A path of this server, whatever was asked: never another site, and not what only Next's own navigation asks for. */
export function pathBack(asked: string): string {
  if (!/^\/(?![/\\])/.test(asked) || !URL.canParse(asked, 'http://here')) return '/';
  const url = new URL(asked, 'http://here');
  if (url.host !== 'here' || url.pathname.startsWith('/sign-in')) return '/';
  url.searchParams.delete('_rsc');
  return url.pathname + url.search;
}

/** What inline scripts of this page must carry; undefined where there is none. */
export function nonceOf(headers: Headers): string | undefined {
  return headers.get(NONCE_HEADER) ?? undefined;
}

/** What a page shows of its visitor. */
export function shownOf({ name, role, kind, email }: Principal): Visitor {
  return { name, role, kind, email: email ?? null };
}
