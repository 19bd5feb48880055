import {
  inViewOrder,
  viewFor,
  type KeptView,
  type SavedView,
  type ViewReader,
} from '../../../domain/views/view';
import type { History } from '../types';
import type { ViewChange, ViewOutcome } from './view-store';

/** Lists of so many readers are kept sorted. */
const MAX_LISTS = 50;

/**
 * The saved views, held in memory as well: pages show them with their first paint, which must not wait behind a
 * search in the reader threads. Only this process writes the file, so what it wrote last is what there is.
 */
export class SavedViews {
  readonly #views: Map<number, KeptView>;
  /** Lists by reader, since the last change. */
  readonly #lists = new Map<string, readonly SavedView[]>();

  private constructor(
    private readonly history: Pick<History, 'changeView'>,
    views: readonly KeptView[],
  ) {
    this.#views = new Map(views.map((view) => [view.id, view]));
  }

  static async open(history: Pick<History, 'changeView' | 'listViews'>): Promise<SavedViews> {
    return new SavedViews(history, await history.listViews());
  }

  /** As the reader sees them: those with a star of theirs first, then by name. */
  list(reader: ViewReader): readonly SavedView[] {
    const who = `${reader.changes} ${reader.id}`;
    const known = this.#lists.get(who);
    if (known !== undefined) return known;
    const list = inViewOrder([...this.#views.values()].map((view) => viewFor(view, reader)));
    if (this.#lists.size >= MAX_LISTS) this.#lists.clear();
    this.#lists.set(who, list);
    return list;
  }

  /** Resolves once the change is on disk. Rejects with HistoryUnavailableError; then nothing changed. */
  async change(change: ViewChange): Promise<ViewOutcome> {
    const outcome = await this.history.changeView(change);
    if (outcome.status !== 'done') return outcome;
    if (change.kind === 'remove') this.#views.delete(outcome.view.id);
    else this.#views.set(outcome.view.id, outcome.view);
    this.#lists.clear();
    return outcome;
  }
}
