import type { deadLetters } from '../../../db/schema';

/** So much is kept of what a letter is about: characters, of a log's rows bytes. */
export const MAX_LETTER_CONTENT = 64 * 1024;

/** A row that could not become an event, or an event that a handler failed on. */
export interface NewDeadLetter {
  readonly kind: (typeof deadLetters.$inferSelect)['kind'];
  /** One clear line. */
  readonly reason: string;
  /** What was received, as text, cut at `MAX_LETTER_CONTENT`. */
  readonly content: string;
  readonly eventType: string | null;
  readonly eventId: string | null;
  readonly source: string;
  /** The log's row id, or the handler's name. */
  readonly reference: string | null;
  readonly at: number;
}

export interface DeadLetter extends NewDeadLetter {
  readonly id: number;
  readonly status: (typeof deadLetters.$inferSelect)['status'];
}

/** Which dead letters; an absent field does not filter. */
export interface DeadLetterFilter {
  /** Default: open. */
  readonly status?: DeadLetter['status'];
  readonly kind?: DeadLetter['kind'];
  readonly eventType?: string;
  /** The handler's name, or the log's row id. */
  readonly reference?: string;
  /** Text within the reason, whatever its case. */
  readonly text?: string;
}

/** Open letters by their ids, or all that match a filter up to an id: those that came after a preview stay out. */
export type DeadLetterSelection =
  | { readonly ids: readonly number[] }
  | { readonly filter: DeadLetterFilter; readonly upToId: number };

export interface DeadLetterCount {
  readonly count: number;
  /** The highest id among them; 0 for none. */
  readonly upToId: number;
}

export interface DeadLetterGroup {
  readonly kind: DeadLetter['kind'];
  readonly eventType: string | null;
  /** The handler's name; null for letters that no handler left. */
  readonly handler: string | null;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}
