import type { Connection } from '../../../db/client';
import {
  MAX_VIEWS,
  mayChangeView,
  viewNameKey,
  type KeptView,
  type ViewReader,
} from '../../../domain/views/view';

/** What is done to the saved views, and by whom. Names and addresses have been read by `domain/views` before. */
export type ViewChange =
  | {
      readonly kind: 'save';
      readonly name: string;
      readonly address: string;
      readonly author: string | null;
      readonly authorId: string | null;
    }
  | { readonly kind: 'rename'; readonly id: number; readonly name: string; readonly by: ViewReader }
  | { readonly kind: 'readdress'; readonly id: number; readonly address: string; readonly by: ViewReader }
  | { readonly kind: 'star'; readonly id: number; readonly starred: boolean; readonly by: ViewReader }
  | { readonly kind: 'remove'; readonly id: number; readonly by: ViewReader };

/** The view as it is after the change (as it was, for a removed one), or why nothing changed. */
export type ViewOutcome =
  | { readonly status: 'done'; readonly view: KeptView }
  | { readonly status: 'not_yours'; readonly author: string | null }
  | { readonly status: 'name_taken' }
  | { readonly status: 'full' }
  | { readonly status: 'missing' };

type Columns = Omit<KeptView, 'stars'> & { stars: string };

/** Ids are ours, so that none holds a comma. */
const COLUMNS = `id, name, address, author, author_id, created_at, updated_at,
  coalesce((SELECT group_concat(user_id) FROM view_stars WHERE view_id = id), '') AS stars`;

/** All saved views, for a reader thread: at most {@link MAX_VIEWS}. */
export function readViews(db: Connection): KeptView[] {
  return db.prepare<[], Columns>(`SELECT ${COLUMNS} FROM saved_views ORDER BY id`).all().map(toView);
}

function toView(row: Columns): KeptView {
  return { ...row, stars: row.stars === '' ? [] : row.stars.split(',') };
}

/** Changes saved views; runs in the writer thread, inside its transaction. Views change rarely: nothing stays prepared. */
export class ViewStore {
  constructor(
    private readonly db: Connection,
    private readonly now: () => number,
  ) {}

  /** Decides and changes in one go: between looking and writing nobody else comes. */
  apply(change: ViewChange): ViewOutcome {
    if (change.kind === 'save') return this.#save(change);
    const view = this.#byId(change.id);
    if (view === null) return { status: 'missing' };
    if (change.kind !== 'star' && !mayChangeView(view, change.by))
      return { status: 'not_yours', author: view.author };
    switch (change.kind) {
      case 'rename':
        if (this.#isTaken(change.name, view.id)) return { status: 'name_taken' };
        this.#set(view.id, 'name = ?, name_key = ?', change.name, viewNameKey(change.name));
        break;
      case 'readdress':
        this.#set(view.id, 'address = ?', change.address);
        break;
      case 'star':
        this.#star(view.id, change.by.id, change.starred);
        break;
      case 'remove':
        this.db.prepare('DELETE FROM view_stars WHERE view_id = ?').run(view.id);
        this.db.prepare('DELETE FROM saved_views WHERE id = ?').run(view.id);
        break;
    }
    return { status: 'done', view: this.#byId(view.id) ?? view };
  }

  #star(view: number, user: string, starred: boolean): void {
    const sql = starred
      ? 'INSERT OR IGNORE INTO view_stars (view_id, user_id) VALUES (?, ?)'
      : 'DELETE FROM view_stars WHERE view_id = ? AND user_id = ?';
    this.db.prepare(sql).run(view, user);
  }

  #save({ name, address, author, authorId }: Extract<ViewChange, { kind: 'save' }>): ViewOutcome {
    if (this.#isTaken(name, null)) return { status: 'name_taken' };
    const count = this.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM saved_views').get()?.n ?? 0;
    if (count >= MAX_VIEWS) return { status: 'full' };
    const at = this.now();
    const { lastInsertRowid } = this.db
      .prepare(
        'INSERT INTO saved_views (name, name_key, address, author, author_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(name, viewNameKey(name), address, author, authorId, at, at);
    const view = this.#byId(Number(lastInsertRowid));
    if (view === null) throw new Error(`the view “${name}” was saved but is not there`);
    return { status: 'done', view };
  }

  #byId(id: number): KeptView | null {
    const row = this.db.prepare<[number], Columns>(`SELECT ${COLUMNS} FROM saved_views WHERE id = ?`).get(id);
    return row === undefined ? null : toView(row);
  }

  #isTaken(name: string, besides: number | null): boolean {
    const found = this.db
      .prepare<[string], { id: number }>('SELECT id FROM saved_views WHERE name_key = ?')
      .get(viewNameKey(name));
    return found !== undefined && found.id !== besides;
  }

  #set(id: number, assignments: string, ...values: readonly (string | number)[]): void {
    this.db
      .prepare(`UPDATE saved_views SET ${assignments}, updated_at = ? WHERE id = ?`)
      .run(...values, this.now(), id);
  }
}
