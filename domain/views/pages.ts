/** The first part of every page's path; `''` is the overview. A saved view leads to one of these and nowhere else. */
export const PAGE_ROOTS = [
  '',
  'pipeline',
  'training',
  'elo',
  'models',
  'quality',
  'nodes',
  'work',
  'events',
  'router',
  'catalogue',
  'actions',
  'settings',
] as const;
export type PageRoot = (typeof PAGE_ROOTS)[number];

const ROOTS: ReadonlySet<string> = new Set(PAGE_ROOTS);

/** The page that a path belongs to: `nodes` for `/nodes` and for the page of one node; null for a path that is none. */
export function rootOf(pathname: string): PageRoot | null {
  const [before, root, one, deeper] = pathname.split('/');
  if (before !== '' || root === undefined || deeper !== undefined || one === '') return null;
  if (root === '' && one !== undefined) return null;
  return ROOTS.has(root) ? (root as PageRoot) : null;
}
