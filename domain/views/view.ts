import type { Reading } from './reading';

/** A page's URL kept under a name, shared by everyone who uses this server, as one of them sees it. */
export type SavedView = {
  id: number;
  name: string;
  /** Path and query of one of our pages. */
  address: string;
  /** By whoever looks: stars are each one's own. */
  starred: boolean;
  /** Who saved it; null where nobody was told from another. */
  author: string | null;
  /** Whether whoever looks may rename, change and remove it. */
  editable: boolean;
  /** By the server's clock, epoch seconds. */
  created_at: number;
  updated_at: number;
};

/** A view as it is kept. */
export type KeptView = Omit<SavedView, 'starred' | 'editable'> & {
  /** Whose it is; null: any operator's. */
  author_id: string | null;
  /** Who has a star on it. */
  stars: readonly string[];
};

/** Who looks at views, and whose they may change. */
export interface ViewReader {
  readonly id: string;
  readonly changes: 'all' | 'own' | 'none';
}

/** A view belongs to its author; one that is nobody's, to any operator. Admins may change all. */
export function mayChangeView(
  { author_id: author }: Pick<KeptView, 'author_id'>,
  reader: ViewReader,
): boolean {
  if (reader.changes === 'own') return author === null || author === reader.id;
  return reader.changes === 'all';
}

/** What a reader sees of a view. */
export function viewFor(view: KeptView, reader: ViewReader): SavedView {
  const { id, name, address, author, created_at, updated_at } = view;
  const starred = view.stars.includes(reader.id);
  return {
    id,
    name,
    address,
    starred,
    author,
    editable: mayChangeView(view, reader),
    created_at,
    updated_at,
  };
}

export const MAX_VIEWS = 500;
export const MAX_VIEW_NAME = 80;

/** Controls, halves of surrogate pairs, and signs that turn the direction of the text around them. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A view's name as it is kept: blanks at the ends and repeated ones do not count. */
export function readViewName(text: string): Reading<string> {
  const name = text.normalize('NFC').trim().replace(/\s+/gu, ' ');
  const { length } = Array.from(name);
  if (!VISIBLE.test(name)) return { ok: false, mistake: 'name: give the view a name' };
  if (length > MAX_VIEW_NAME)
    return { ok: false, mistake: `name: ${length} characters are too many, ${MAX_VIEW_NAME} at most` };
  if (UNPRINTABLE.test(name)) return { ok: false, mistake: 'name: leave out signs that cannot be seen' };
  return { ok: true, value: name };
}

/** Names that differ in case or in compatible forms of the same letters are one name. */
export function viewNameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

/** Starred ones first, each part in the order of names. */
export function inViewOrder(views: readonly SavedView[]): SavedView[] {
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  return [...views].sort(
    (a, b) => Number(b.starred) - Number(a.starred) || collator.compare(a.name, b.name) || a.id - b.id,
  );
}
