/** An error of the router: `code` is stable and fit for an API answer, `message` says what happened and what to do. */
export abstract class RouterError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The router has been asked to stop and takes no more events. */
export class RouterStoppedError extends RouterError {
  readonly code = 'router_stopped';

  constructor() {
    super('The event router is stopping and takes no more events; publish again once the server runs.');
  }
}

/** More events wait for their commit than the router holds in memory. */
export class RouterOverloadedError extends RouterError {
  readonly code = 'router_overloaded';

  constructor(waiting: number) {
    super(
      `${String(waiting)} events already wait to be committed; publish again when history has caught up.`,
    );
  }
}

/** No subscriber of that name: it was renamed, unsubscribed, or belongs to another version. */
export class HandlerUnknownError extends RouterError {
  readonly code = 'handler_unknown';

  constructor(readonly handlerName: string) {
    super(`No handler named "${handlerName}" is subscribed, so the event cannot be delivered to it again.`);
  }
}

/** A handler did not settle in time; what it was doing goes on unobserved. */
export class HandlerTimeoutError extends RouterError {
  readonly code = 'handler_timeout';

  constructor(
    readonly handlerName: string,
    readonly timeoutMs: number,
  ) {
    super(`Handler "${handlerName}" did not finish within ${String(timeoutMs / 1000)} s.`);
  }
}

/** Too many events wait for one subscriber; the newest went to the dead letters instead. */
export class HandlerQueueFullError extends RouterError {
  readonly code = 'handler_queue_full';

  constructor(
    readonly handlerName: string,
    limit: number,
  ) {
    super(`Handler "${handlerName}" has ${String(limit)} events waiting; this one was not queued for it.`);
  }
}

/** The router stopped before this subscriber got (or finished) the event. */
export class HandlerAbandonedError extends RouterError {
  readonly code = 'handler_abandoned';

  constructor(readonly handlerName: string) {
    super(`The router stopped before handler "${handlerName}" was done with this event.`);
  }
}

/** A stage name that is none of the catalogue's stage events. */
export class StageUnknownError extends RouterError {
  readonly code = 'stage_unknown';

  constructor(readonly stage: string) {
    super(`"${stage}" is not a pipeline stage; use one of the stage values, e.g. "training_complete".`);
  }
}

/** Text of whatever a handler threw. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message === '' ? thrown.name : thrown.message;
  return typeof thrown === 'string' ? thrown : `thrown: ${String(thrown)}`;
}
