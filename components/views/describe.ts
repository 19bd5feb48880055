import { rootOf } from '@/domain/views/pages';
import { NAV_ITEMS } from '../shell/nav/nav-items';

const LABELS = new Map(NAV_ITEMS.map(({ href, label }) => [href, label]));

/** What a parameter is called where its name says little. */
const NAMES: Readonly<Record<string, string>> = { since: 'from', until: 'to', cols: 'columns' };

/** An address in words: the page, the one thing it shows if any, and what its query says. */
export function describeAddress(address: string): string {
  const url = new URL(address, 'http://ringside.invalid');
  const root = rootOf(url.pathname) ?? '';
  const [, , one] = url.pathname.split('/');
  const parts = [LABELS.get(`/${root}`) ?? root];
  if (one !== undefined) parts.push(decoded(one));
  for (const [name, value] of url.searchParams)
    parts.push(name === 'q' ? `“${value}”` : `${NAMES[name] ?? name} ${value}`);
  return parts.join(' · ');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
