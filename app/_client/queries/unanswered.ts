/** The questions of the page whose newest answer did not come, by who asked, with the reason. */
export class Unanswered {
  readonly #reasons = new Map<string, string>();
  readonly #listeners = new Set<() => void>();

  /** `reason` null: the question has its answer, or nobody asks it any more. */
  note(asker: string, reason: string | null): void {
    if ((this.#reasons.get(asker) ?? null) === reason) return;
    if (reason === null) this.#reasons.delete(asker);
    else this.#reasons.set(asker, reason);
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** One reason of all; null when every question has its answer. */
  readonly reason = (): string | null => this.#reasons.values().next().value ?? null;
}

/** What browsers call a request that got no answer at all, each in its own words. */
const NO_ANSWER = /failed to fetch|networkerror|load failed|network request failed/i;

/** Whether the server was not heard at all, as against one that refused. */
export function isUnanswered(message: string): boolean {
  return NO_ANSWER.test(message);
}

/** Why a question has no answer, for people. */
export function sayUnanswered(message: string): string {
  return isUnanswered(message) ? 'the server does not answer' : message;
}
