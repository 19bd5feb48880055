/** History cannot take or answer right now (disk full, file locked, thread gone). Nothing of the call was stored; trying again is safe. */
export class HistoryUnavailableError extends Error {
  override readonly name = 'HistoryUnavailableError';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The caller's query cannot be answered as asked; `message` says which part and what is allowed. */
export class BadQueryError extends Error {
  override readonly name = 'BadQueryError';
  readonly code = 'bad_query';
}

/** A search that must be whole did not end in time. */
export class SearchDeadlineError extends Error {
  override readonly name = 'SearchDeadlineError';
  readonly code = 'search_deadline';
  constructor() {
    super('the search took too long: narrow it with a time (after:2h), a type or a word');
  }
}

/** Whoever asked has left before the answer was there. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor() {
    super('nobody waits for this answer any more');
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'the disk that holds ringside.db is full: free some space; publishing goes on by itself then',
  SQLITE_BUSY: 'ringside.db is locked by another process: close what else has it open',
  SQLITE_READONLY: 'ringside.db is read-only: make the file and its folder writable',
  SQLITE_IOERR: 'reading or writing ringside.db failed: check the disk',
  SQLITE_CORRUPT: 'ringside.db is damaged: restore a backup',
};

/** What is wrong and what to do about it, for codes of SQLite that have one cause; it names no path of the server. */
export function causeOf(code: string): string | undefined {
  const prefix = Object.keys(CAUSES).find((each) => code.startsWith(each));
  return prefix === undefined ? undefined : CAUSES[prefix];
}

/** SQLite's code to one line for an operator. */
export function unavailable(code: string, message: string): HistoryUnavailableError {
  return new HistoryUnavailableError(code, causeOf(code) ?? `history is unavailable (${code}): ${message}`);
}
