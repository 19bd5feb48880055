/** A producer sends more than its share; doors tell it when to come back. Recognised by name across bundles. */
export class ProducerLimitError extends Error {
  override readonly name = 'ProducerLimitError';
  constructor(
    message: string,
    /** Milliseconds after which trying again makes sense. */
    readonly wait: number,
  ) {
    super(message);
  }

  /** The same in whole seconds, as HTTP has it. */
  get retryAfter(): number {
    return Math.max(1, Math.ceil(this.wait / 1000));
  }
}

/** A call of which only a part is durable; `cause` says why the rest is not. Recognised by name across bundles. */
export class PartlyStoredError extends Error {
  override readonly name = 'PartlyStoredError';
  constructor(
    readonly stored: number,
    readonly total: number,
    cause: unknown,
  ) {
    super(`Of these ${total} events ${stored} are stored`, { cause });
  }
}
