import type { Reading } from './reading';
import { rootOf, type PageRoot } from './pages';

/** Longer than any page writes, short enough for a link. */
export const MAX_ADDRESS = 4_000;

/** Only to read paths by; never asked for anything. */
const BASE = 'http://ringside.invalid';

/** What a URL says beside the view: which event, action or form happens to be open. */
const PASSING: Partial<Record<PageRoot, readonly string[]>> = {
  events: ['selected'],
  actions: ['action', 'ask', 'from'],
};

/**
 * The address of one of our pages with all that its URL holds, as `/path?query`. Refused is everything that a browser
 * could take for another place: other schemes, `//host`, backslashes, control characters.
 */
export function readAddress(text: string): Reading<string> {
  const url = pageUrl(text);
  if (url === null)
    return {
      ok: false,
      mistake: 'address: give the path of a page of Ringside, such as /events?severity=error',
    };
  if (text.length > MAX_ADDRESS)
    return {
      ok: false,
      mistake: `address: ${text.length} characters are too many, ${MAX_ADDRESS} at most; take some filters off`,
    };
  return { ok: true, value: url.pathname + url.search };
}

function pageUrl(text: string): URL | null {
  if (!/^\/(?!\/)/.test(text) || /[\\\p{Cc}\p{Cs}]/u.test(text) || !URL.canParse(text, BASE)) return null;
  const url = new URL(text, BASE);
  if (url.origin !== BASE) return null;
  if (url.pathname.length > 1) url.pathname = url.pathname.replace(/\/$/, '');
  const root = rootOf(url.pathname);
  if (root === null) return null;
  // Untouched where nothing is dropped: each page writes its parameters its own way.
  for (const name of PASSING[root] ?? []) if (url.searchParams.has(name)) url.searchParams.delete(name);
  url.hash = '';
  return url;
}

/** Two addresses show the same view exactly when their keys are equal: the order of parameters does not count. */
export function viewKey(address: string): string {
  const url = pageUrl(address);
  if (url === null) return address;
  url.searchParams.sort();
  return `${url.pathname}?${url.searchParams.toString()}`;
}

/** The path alone: views of one page differ in their query. */
export function pathOf(address: string): string {
  return address.split('?', 1)[0] ?? address;
}
