import type { SqliteHistory } from '../../history/history';

/** How many dead letters wait, refreshed on request: pages show it every second, so the database is not asked each time. */
export class DeadLetterCount {
  open = 0;
  #asking = false;

  constructor(private readonly history: Pick<SqliteHistory, 'listDeadLetters'>) {}

  /** Never rejects: while history cannot answer, the last figure stands. */
  async refresh(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      this.open = (await this.history.listDeadLetters({ status: 'open', limit: 1 })).total;
    } catch {
      // The history check of /healthz tells; a figure need not.
    } finally {
      this.#asking = false;
    }
  }
}
