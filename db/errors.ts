/** The database cannot be opened or used; `message` is one line for an operator: what happened, to what, what to do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  constructor(
    readonly code: 'newer_version' | 'not_a_database' | 'unusable',
    message: string,
  ) {
    super(message);
  }
}
