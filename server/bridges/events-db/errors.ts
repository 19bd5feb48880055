/** What a bridge shows for a failure: a line for people, and what kind of trouble it is. */
export interface Trouble {
  /** `waiting`: ends by itself or by somebody else's doing; `error`: someone must act. */
  readonly state: 'waiting' | 'error';
  readonly kind: 'missing' | 'locked' | 'read_only' | 'full' | 'damaged' | 'denied' | 'foreign' | 'other';
  readonly line: string;
}

/** Thrown when events.db cannot be used; `trouble.line` is fit to be shown. */
export class EventsDbError extends Error {
  override readonly name = 'EventsDbError';
  constructor(readonly trouble: Trouble) {
    super(trouble.line);
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

export function isLocked(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

const RULES: readonly (readonly [RegExp, Omit<Trouble, 'line'>, string])[] = [
  [
    /^SQLITE_(BUSY|LOCKED)/,
    { state: 'waiting', kind: 'locked' },
    'is locked by another process: retrying; if it stays, find who holds it',
  ],
  [
    /^(SQLITE_READONLY|EROFS)/,
    { state: 'error', kind: 'read_only' },
    'is read-only: make the file and its folder writable for this user',
  ],
  [
    /^(SQLITE_FULL|ENOSPC|EDQUOT)/,
    { state: 'error', kind: 'full' },
    'cannot grow, the disk is full: free some space',
  ],
  [
    /^SQLITE_(CORRUPT|NOTADB|FORMAT)/,
    { state: 'error', kind: 'damaged' },
    'is damaged or no SQLite file: move it away, a new one is made at the next use',
  ],
  [
    /^(EACCES|EPERM|SQLITE_PERM|SQLITE_AUTH)/,
    { state: 'error', kind: 'denied' },
    'may not be opened by this user: allow it to read and write the file and its folder',
  ],
  [
    /^SQLITE_CANTOPEN/,
    { state: 'error', kind: 'denied' },
    'cannot be opened: check that this user may read and write the file and its folder',
  ],
  [
    /^SQLITE_IOERR/,
    { state: 'error', kind: 'other' },
    'had a read or write error on its disk: retrying; check the disk',
  ],
];

/** A row id that was set by hand leads there: the file counts on from the highest. */
export const COUNTS_TOO_FAR: Trouble = {
  state: 'error',
  kind: 'other',
  line: 'events.db numbers its rows beyond 2^53, which are not read: move it away, a new one is made at the next use.',
};

/** One clear line for any error of the file system or SQLite: what happened, to what, what to do. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof EventsDbError) return error.trouble;
  const code = codeOf(error);
  for (const [pattern, kind, text] of RULES)
    if (pattern.test(code)) return { ...kind, line: `events.db ${text}.` };
  const message = error instanceof Error ? error.message : String(error);
  if (/no such (table|column)/.test(message)) {
    return {
      state: 'error',
      kind: 'foreign',
      line: 'events.db lacks RingRift’s tables or columns: point RINGRIFT_COORDINATION_DIR to the right folder.',
    };
  }
  return {
    state: 'error',
    kind: 'other',
    line: `events.db failed (${code || 'unknown'}): ${message.slice(0, 160)}. Retrying.`,
  };
}

export function missing(what: 'folder' | 'file'): EventsDbError {
  const line =
    what === 'folder'
      ? 'The folder of events.db does not exist: waiting for it; create it, or start RingRift there.'
      : 'events.db does not exist: waiting for it; RingRift makes it at its first use.';
  return new EventsDbError({ state: 'waiting', kind: 'missing', line });
}
