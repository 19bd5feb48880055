import type { StoredEvent } from '../../../domain/events/envelope';
import type { JsonObject } from '../../../domain/json';
import { MAX_LETTER_CONTENT, type NewDeadLetter } from '../../history/letters/letter-types';
import type { History } from '../../history/types';
import { HandlerTimeoutError, reasonOf } from '../errors';
import type { RouterLog } from '../log';
import { isoTime } from './stage-result';
import type { Failure } from './subscriber';
import type { PublishRequest } from '../types';

/** Dead letters that may wait to be written; beyond it they are only counted and logged. */
const MAX_PENDING = 10_000;
const MAX_ERROR = 2000;

export interface FailureContext {
  readonly history: Pick<History, 'addDeadLetters'>;
  readonly log: RouterLog;
  /** Epoch seconds. */
  readonly now: () => number;
  /** Publishes an event of the router itself; may fail, must not throw. */
  readonly emit: (request: PublishRequest) => void;
}

export interface FailureStats {
  readonly failed: number;
  readonly timedOut: number;
  /** Events not queued for a handler that has too many waiting. */
  readonly queueFull: number;
  /** Events that a handler was not done with when the router stopped. */
  readonly abandoned: number;
  /** Dead letters that could not be written. */
  readonly lostDeadLetters: number;
}

/** What the router does about a handler that fails: a dead letter, and an event that says so. */
export class HandlerFailures {
  private readonly counts = { failed: 0, timeout: 0, queue_full: 0, abandoned: 0 };
  private pending: NewDeadLetter[] = [];
  private writing: Promise<void> | null = null;
  private lost = 0;

  constructor(private readonly context: FailureContext) {}

  stats(): FailureStats {
    const { failed, timeout, queue_full, abandoned } = this.counts;
    return { failed, timedOut: timeout, queueFull: queue_full, abandoned, lostDeadLetters: this.lost };
  }

  handle(failure: Failure<StoredEvent>): void {
    this.counts[failure.kind]++;
    this.keep(failure);
    // A handler of HANDLER_FAILED that fails would otherwise cause the next one, for ever.
    if (!isAboutHandlers(failure.event.eventType)) this.announce(failure);
  }

  /** Resolves when every dead letter so far has been written (or given up). */
  async written(): Promise<void> {
    while (this.writing !== null) await this.writing;
  }

  private announce({ kind, handler, event, error }: Failure<StoredEvent>): void {
    if (kind !== 'failed' && kind !== 'timeout') return;
    const common = { handler_name: handler, event_type: event.eventType };
    const last = { coordinator: 'UnifiedEventRouter', timestamp: isoTime(this.context.now()) };
    const [eventType, detail]: [string, JsonObject] =
      kind === 'failed'
        ? ['HANDLER_FAILED', { error: reasonOf(error).slice(0, MAX_ERROR) }]
        : ['HANDLER_TIMEOUT', { timeout_seconds: timeoutSeconds(error) }];
    this.context.emit({
      eventType,
      payload: { ...common, ...detail, ...last },
      source: 'event_router',
      parentEventId: event.eventId,
      ...(event.correlationId !== null && { correlationId: event.correlationId }),
    });
  }

  private keep(failure: Failure<StoredEvent>): void {
    const { handler, event } = failure;
    const reason = reasonOf(failure.error).slice(0, MAX_ERROR);
    this.context.log.warn(
      { handler, event_id: event.eventId, event_type: event.eventType, kind: failure.kind, reason },
      'event handler failed',
    );
    if (this.pending.length >= MAX_PENDING) {
      this.lost++;
      return;
    }
    this.pending.push({
      kind: 'handler',
      reason,
      content: JSON.stringify(event.payload).slice(0, MAX_LETTER_CONTENT),
      eventType: event.eventType,
      eventId: event.eventId,
      source: event.source,
      reference: handler,
      at: this.context.now(),
    });
    this.writing ??= this.write();
  }

  private async write(): Promise<void> {
    // One turn later, so that failures of one batch travel together.
    await Promise.resolve();
    while (this.pending.length > 0) {
      const letters = this.pending;
      this.pending = [];
      try {
        await this.context.history.addDeadLetters(letters);
      } catch (error) {
        this.lost += letters.length;
        const fields = { count: letters.length, reason: reasonOf(error) };
        this.context.log.error(fields, 'dead letters of handlers could not be written');
      }
    }
    this.writing = null;
  }
}

export function isAboutHandlers(eventType: string): boolean {
  return eventType === 'HANDLER_FAILED' || eventType === 'HANDLER_TIMEOUT';
}

function timeoutSeconds(error: unknown): number {
  return error instanceof HandlerTimeoutError ? error.timeoutMs / 1000 : 0;
}
