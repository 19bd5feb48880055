/** Access was refused, or a change to it was; doors translate the code. Recognised by name across bundles. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
  constructor(
    readonly code:
      | 'unauthorized'
      | 'forbidden'
      | 'bad_request'
      | 'not_found'
      | 'conflict'
      | 'too_many_requests'
      | 'unavailable',
    message: string,
    /** Seconds after which trying again makes sense. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
}
