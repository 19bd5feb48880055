import { inViewOrder, type SavedView } from '../../domain/views/view';
import type { History } from './types';
import type { ViewChange, ViewOutcome } from './view-store';

/**
 * The saved views, held in memory as well: pages show them with their first paint, which must not wait behind a
 * search in the reader threads. Only this process writes the file, so what it wrote last is what there is.
 */
export class SavedViews {
  readonly #views: Map<number, SavedView>;
  #list: readonly SavedView[] | null = null;

  private constructor(
    private readonly history: Pick<History, 'changeView'>,
    views: readonly SavedView[],
  ) {
    this.#views = new Map(views.map((view) => [view.id, view]));
  }

  static async open(history: Pick<History, 'changeView' | 'listViews'>): Promise<SavedViews> {
    return new SavedViews(history, await history.listViews());
  }

  /** Starred ones first, then by name. */
  list(): readonly SavedView[] {
    this.#list ??= inViewOrder([...this.#views.values()]);
    return this.#list;
  }

  /** Resolves once the change is on disk. Rejects with HistoryUnavailableError; then nothing changed. */
  async change(change: ViewChange): Promise<ViewOutcome> {
    const outcome = await this.history.changeView(change);
    if (outcome.status !== 'done') return outcome;
    if (change.kind === 'remove') this.#views.delete(outcome.view.id);
    else this.#views.set(outcome.view.id, outcome.view);
    this.#list = null;
    return outcome;
  }
}
