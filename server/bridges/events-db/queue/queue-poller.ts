import type { CrossProcessEventQueue } from './queue';
import type { QueueEvent } from './queue-types';

export type QueueHandler = (event: QueueEvent) => void | Promise<void>;

export interface QueuePollerOptions {
  readonly processName: string;
  /** None: events of all types. */
  readonly eventTypes?: readonly string[];
  readonly intervalMs?: number;
  readonly batch?: number;
  /** Resumes after a restart above the highest event it acked. */
  readonly stable?: boolean;
  /** A handler that threw, or a poll that failed; polling goes on either way. */
  readonly onError?: (error: unknown, event: QueueEvent | null) => void;
}

/**
 * Polls the shared queue and hands each event to the handlers of its type, then to the global ones, in order and one at
 * a time. An event is acked after its handlers ran, failed or not: one that always fails must not block the rest.
 */
export class QueuePoller {
  readonly #queue: CrossProcessEventQueue;
  readonly #options: QueuePollerOptions;
  readonly #handlers = new Map<string, QueueHandler[]>();
  readonly #global: QueueHandler[] = [];
  #subscriberId: string | null = null;
  #aboveId = 0;
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<number> | null = null;

  constructor(queue: CrossProcessEventQueue, options: QueuePollerOptions) {
    this.#queue = queue;
    this.#options = options;
  }

  on(eventType: string, handler: QueueHandler): this {
    this.#handlers.set(eventType, [...(this.#handlers.get(eventType) ?? []), handler]);
    return this;
  }

  onAny(handler: QueueHandler): this {
    this.#global.push(handler);
    return this;
  }

  start(): void {
    if (this.#timer) return;
    const tick = (): void =>
      void this.pollOnce().catch((error: unknown) => this.#options.onError?.(error, null));
    this.#timer = setInterval(tick, this.#options.intervalMs ?? 1000);
    tick();
  }

  /** Waits for the handlers that run. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    await this.#round?.catch(() => undefined);
  }

  /** One poll, or the one that is running already; the number of events handled. */
  pollOnce(): Promise<number> {
    this.#round ??= this.#pollOnce().finally(() => {
      this.#round = null;
    });
    return this.#round;
  }

  async #pollOnce(): Promise<number> {
    const subscriberId = (this.#subscriberId ??= this.#register());
    const { eventTypes, batch } = this.#options;
    const events = this.#queue.poll(subscriberId, {
      aboveId: this.#aboveId,
      ...(eventTypes ? { eventTypes } : {}),
      ...(batch ? { limit: batch } : {}),
    });
    for (const event of events) await this.#deliver(event);
    if (events.length > 0)
      this.#queue.ackBatch(
        subscriberId,
        events.map((event) => event.eventId),
      );
    return events.length;
  }

  #register(): string {
    const { processName, eventTypes = [], stable = false } = this.#options;
    const subscriberId = this.#queue.subscribe(processName, eventTypes, { stable });
    this.#aboveId = stable ? this.#queue.lastAckedId(subscriberId) : 0;
    return subscriberId;
  }

  async #deliver(event: QueueEvent): Promise<void> {
    for (const handler of [...(this.#handlers.get(event.eventType) ?? []), ...this.#global]) {
      try {
        await handler(event);
      } catch (error) {
        this.#options.onError?.(error, event);
      }
    }
  }
}
