/** A producer sends more than its share; doors tell it when to come back. Recognised by name across bundles. */
export class ProducerLimitError extends Error {
  override readonly name = 'ProducerLimitError';
  constructor(
    message: string,
    /** Seconds after which trying again makes sense. */
    readonly retryAfter: number,
  ) {
    super(message);
  }
}
