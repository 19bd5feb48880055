import type { StoredEvent } from '../../domain/events/envelope';
import type { DeadLetter, DeadLetterCount, DeadLetterSelection } from '../history/letters/letter-types';
import type { History } from '../history/types';
import { reasonOf } from './errors';

/** Letters that are read, tried and resolved together. */
const PAGE = 50;
/** One call works no longer than this (and at least on one letter); the caller goes on from where it stopped. */
const BUDGET_MS = 3_000;
const MAX_REASON = 2_000;
/** Letters that stayed are named in an answer up to this number; all of them carry their reason. */
const NAMED = 20;

export interface RetryAnswer {
  /** Letters that are done now. */
  readonly retried: number;
  /** Letters that were tried in vain and stay open. */
  readonly stayed: number;
  /** The first of those that stayed, with what the try ran into. */
  readonly reasons: readonly { readonly id: number; readonly reason: string }[];
  /** Go on above this id; null when the whole selection has been tried. */
  readonly next: number | null;
}

export interface DeskParts {
  readonly history: Pick<
    History,
    | 'byId'
    | 'openDeadLetters'
    | 'countDeadLetters'
    | 'resolveDeadLetters'
    | 'discardDeadLetters'
    | 'explainDeadLetters'
  >;
  /** Runs one handler on one event again; rejects with what it throws. */
  readonly redeliver: (handler: string, event: StoredEvent) => Promise<void>;
  /** Takes a log's row again; resolves to why it still cannot enter, null when it has. */
  readonly retryRow: (letter: DeadLetter) => Promise<string | null>;
  /** Called after letters were resolved. */
  readonly changed: () => void;
  /** Milliseconds, monotonic. */
  readonly now?: () => number;
}

/**
 * Where operators decide about dead letters. A letter of a handler goes back to that handler; a row is read and parsed
 * again. What succeeds is resolved; what does not stays open with the reason of the last try. Delivery is at least once:
 * a crash between a handler's success and the note of it leaves the letter open.
 */
export class DeadLetterDesk {
  readonly #parts: DeskParts;
  readonly #now: () => number;
  /** Under way for another caller: no handler shall get an event twice because two people press at once. */
  readonly #underWay = new Set<number>();

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#now = parts.now ?? (() => performance.now());
  }

  /** How many letters a selection holds now, and the id up to which; hand that id back to act on exactly these. */
  count(selection: DeadLetterSelection): Promise<DeadLetterCount> {
    return this.#parts.history.countDeadLetters(selection);
  }

  /** Resolves to the number of letters that were open until now. */
  async discard(selection: DeadLetterSelection): Promise<number> {
    const discarded = await this.#parts.history.discardDeadLetters(selection);
    this.#parts.changed();
    return discarded;
  }

  /** Tries letters again, oldest first, one after the other, so that each handler gets its events in their order. */
  async retry(selection: DeadLetterSelection, aboveId = 0): Promise<RetryAnswer> {
    const end = this.#now() + BUDGET_MS;
    let answer: RetryAnswer = { retried: 0, stayed: 0, reasons: [], next: aboveId };
    while (answer.next !== null && (answer.retried + answer.stayed === 0 || this.#now() < end)) {
      const letters = await this.#parts.history.openDeadLetters(selection, answer.next, PAGE);
      answer = added(answer, await this.#retryPage(letters, end));
      if (letters.length < PAGE && answer.next === letters.at(-1)?.id) answer = { ...answer, next: null };
      if (letters.length === 0) answer = { ...answer, next: null };
    }
    this.#parts.changed();
    return answer;
  }

  async #retryPage(letters: readonly DeadLetter[], end: number): Promise<RetryAnswer> {
    const done: number[] = [];
    const reasons: { id: number; reason: string }[] = [];
    let last: number | null = null;
    for (const letter of letters) {
      if (last !== null && this.#now() >= end) break;
      const reason = await this.#retryOne(letter);
      if (reason === null) done.push(letter.id);
      else reasons.push({ id: letter.id, reason: reason.slice(0, MAX_REASON) });
      last = letter.id;
    }
    if (done.length > 0) await this.#parts.history.resolveDeadLetters(done, 'retried');
    await this.#parts.history.explainDeadLetters(reasons);
    return { retried: done.length, stayed: reasons.length, reasons, next: last };
  }

  /** Why the letter stays; null when it is done. */
  async #retryOne(letter: DeadLetter): Promise<string | null> {
    if (this.#underWay.has(letter.id)) return 'This letter is being retried by somebody else right now.';
    this.#underWay.add(letter.id);
    try {
      return await (letter.kind === 'row' ? this.#parts.retryRow(letter) : this.#redeliver(letter));
    } catch (error) {
      return reasonOf(error);
    } finally {
      this.#underWay.delete(letter.id);
    }
  }

  async #redeliver({ reference, eventId }: DeadLetter): Promise<string | null> {
    if (reference === null || eventId === null)
      return 'The letter does not say which handler failed on what.';
    const event = await this.#parts.history.byId(eventId);
    if (event === null) return `The event ${eventId} is not in this history (any more).`;
    await this.#parts.redeliver(reference, event);
    return null;
  }
}

function added(sum: RetryAnswer, page: RetryAnswer): RetryAnswer {
  return {
    retried: sum.retried + page.retried,
    stayed: sum.stayed + page.stayed,
    reasons: [...sum.reasons, ...page.reasons].slice(0, NAMED),
    next: page.next ?? sum.next,
  };
}
