import { DOORS, PUBLIC_DOORS } from '../api/rest/doors';

interface Way {
  readonly method: string;
  readonly path: RegExp;
  /** A door of the API that opens to nobody unknown. */
  readonly guarded: boolean;
}

const WAYS: readonly Way[] = Object.keys({ ...DOORS, ...PUBLIC_DOORS }).map((name) => {
  const [method = '', path = ''] = name.split(' ');
  return {
    method,
    path: new RegExp(`^${path.replaceAll(/\[\w+\]/g, '[^/]+')}$`),
    guarded: name in DOORS && path.startsWith('/api/'),
  };
});

/** Whether a request asks for a door of the API that opens to nobody unknown. */
export function isGuarded(method: string, url: string): boolean {
  const path = pathOf(url) ?? '';
  return WAYS.some((way) => way.guarded && way.method === method && way.path.test(path));
}

/** What is for programs; every other path is a page, which answers for itself. */
const FOR_PROGRAMS = /^\/(api(\/|$)|healthz$|readyz$|metrics$)/;

/** Why a request is refused before anybody looks at it. */
export interface NoDoor {
  readonly status: 400 | 404 | 405;
  readonly code: 'bad_request' | 'not_found' | 'method_not_allowed';
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Says what the pages' server would only answer with a page or with nothing: that a path for programs does not exist, has no
 * such method, or is no text. Null for all that it may look at.
 */
export function noDoor(method: string, url: string): NoDoor | null {
  const path = pathOf(url);
  if (path === null)
    return refusal(400, 'bad_request', 'the path is not percent-encoded UTF-8: encode it anew');
  // A slash at the end is redirected to the path without it.
  if (!FOR_PROGRAMS.test(path) || path.endsWith('/')) return null;
  const methods = WAYS.filter((way) => way.path.test(path)).map((way) => way.method);
  if (methods.length === 0)
    return refusal(404, 'not_found', 'there is nothing here: docs/API.md lists what there is');
  const allowed = new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']);
  if (allowed.has(method)) return null;
  const allow = [...allowed].join(', ');
  return refusal(405, 'method_not_allowed', `${method} does nothing here: use ${methods.join(' or ')}`, {
    Allow: allow,
  });
}

function pathOf(url: string): string | null {
  const [path = '/'] = url.split(/[?#]/, 1);
  try {
    decodeURIComponent(path);
    return path;
  } catch {
    return null;
  }
}

function refusal(
  status: NoDoor['status'],
  code: NoDoor['code'],
  message: string,
  headers: Readonly<Record<string, string>> = {},
): NoDoor {
  return { status, code, message, headers };
}
