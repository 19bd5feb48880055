import Database from 'better-sqlite3';
import { hostname as machineName } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '../../../../domain/json';
import { isLocked, troubleOf } from '../errors';
import { parsePayload } from '../rows/payload-text';
import { subscriberIdOf, subscriberWrites } from './queue-subscribers';
import type { CleanupCounts, QueueEvent, QueueHealth, QueueOptions, QueueStats } from './queue-types';
import { RETENTION_SECONDS, RETRY_WAITS_MS, SUBSCRIBER_TIMEOUT_SECONDS } from './queue-types';
import { prepareConnection } from './schema';

interface EventColumns {
  readonly event_id: number;
  readonly event_type: string;
  readonly payload: string;
  readonly source: string;
  readonly hostname: string;
  readonly created_at: number;
}

const PENDING = `FROM events e LEFT JOIN acks a ON e.event_id = a.event_id AND a.subscriber_id = @subscriber
  WHERE a.event_id IS NULL AND e.created_at > @cutoff
    AND (@types IS NULL OR e.event_type IN (SELECT value FROM json_each(@types)))`;

/**
 * RingRift's cross-process event queue on its `events.db`: whatever this writes its Python processes can read, and the
 * other way round, at the same time. Statements are synchronous and belong on a worker thread or in a script; only
 * `publish` waits, and it does so without holding the thread.
 */
export class CrossProcessEventQueue {
  readonly #db: Database.Database;
  readonly #subscribers: ReturnType<typeof subscriberWrites>;
  readonly #insert: Database.Statement<[string, string, string, string, number]>;
  readonly #now: () => number;
  readonly #sleep: (milliseconds: number) => Promise<unknown>;
  readonly #hostname: string;
  readonly #pid: number;
  readonly #retention: number;
  readonly #timeout: number;

  constructor(file: string, options: QueueOptions = {}) {
    this.#db = new Database(file, { timeout: options.busyTimeoutMs ?? 100 });
    prepareConnection(this.#db);
    this.#subscribers = subscriberWrites(this.#db);
    this.#insert = this.#db.prepare(
      'INSERT INTO events (event_type, payload, source, hostname, created_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#now = options.now ?? (() => Date.now() / 1000);
    this.#sleep = options.sleep ?? delay;
    this.#hostname = options.hostname ?? machineName();
    this.#pid = options.pid ?? process.pid;
    this.#retention = options.retentionSeconds ?? RETENTION_SECONDS;
    this.#timeout = options.subscriberTimeoutSeconds ?? SUBSCRIBER_TIMEOUT_SECONDS;
  }

  /** Row id of the new event. A locked file is tried again up to 5 times with growing waits; then the error is SQLite's. */
  async publish(eventType: string, payload: JsonObject = {}, source = ''): Promise<number> {
    const text = JSON.stringify(payload);
    return this.#retrying(() =>
      Number(this.#insert.run(eventType, text, source, this.#hostname, this.#now()).lastInsertRowid),
    );
  }

  async #retrying<T>(attempt: () => T): Promise<T> {
    for (const wait of RETRY_WAITS_MS) {
      try {
        return attempt();
      } catch (error) {
        if (!isLocked(error)) throw error;
        await this.#sleep(wait);
      }
    }
    return attempt();
  }

  /** Registers and returns the subscriber id. A stable one keeps its acks over restarts of the process. */
  subscribe(
    processName: string,
    eventTypes: readonly string[] = [],
    options: { stable?: boolean } = {},
  ): string {
    const subscriberId = subscriberIdOf(this.#hostname, processName, options.stable ? 'stable' : this.#pid);
    const subscriber = { subscriberId, processName, hostname: this.#hostname, pid: this.#pid, eventTypes };
    this.#subscribers.register(subscriber, this.#now());
    return subscriberId;
  }

  /** Events within retention that this subscriber has not acked, ascending by id. No types: all types. */
  poll(
    subscriberId: string,
    options: { eventTypes?: readonly string[]; limit?: number; aboveId?: number } = {},
  ): QueueEvent[] {
    this.#subscribers.touch(subscriberId, this.#now());
    return this.#db
      .prepare<[object], EventColumns>(
        `SELECT e.event_id, e.event_type, e.payload, e.source, e.hostname, e.created_at ${PENDING}
           AND e.event_id > @above ORDER BY e.event_id LIMIT @limit`,
      )
      .all({
        ...this.#pendingOf(subscriberId, options.eventTypes),
        above: options.aboveId ?? -1,
        limit: options.limit ?? 100,
      })
      .map(toQueueEvent);
  }

  ack(subscriberId: string, eventId: number): void {
    this.ackBatch(subscriberId, [eventId]);
  }

  /** Number of events that were not acked before. */
  ackBatch(subscriberId: string, eventIds: readonly number[]): number {
    const insert = this.#db.prepare<[string, number, number]>(
      'INSERT OR IGNORE INTO acks (subscriber_id, event_id, acked_at) VALUES (?, ?, ?)',
    );
    const now = this.#now();
    const all = this.#db.transaction(() =>
      eventIds.reduce((sum, id) => sum + insert.run(subscriberId, id, now).changes, 0),
    );
    return all.immediate();
  }

  pendingCount(subscriberId: string, eventTypes?: readonly string[]): number {
    const count = this.#db.prepare<[object], number>(`SELECT count(*) ${PENDING}`).pluck();
    return count.get(this.#pendingOf(subscriberId, eventTypes)) ?? 0;
  }

  #pendingOf(subscriber: string, eventTypes: readonly string[] | undefined) {
    const types = eventTypes && eventTypes.length > 0 ? JSON.stringify(eventTypes) : null;
    return { subscriber, cutoff: this.#now() - this.#retention, types };
  }

  /** Highest event id that this subscriber acked; 0 for none. A stable subscriber resumes above it. */
  lastAckedId(subscriberId: string): number {
    const highest = this.#db.prepare<[string], number | null>(
      'SELECT max(event_id) FROM acks WHERE subscriber_id = ?',
    );
    return highest.pluck().get(subscriberId) ?? 0;
  }

  /** Deletes events past retention, silent subscribers, and acks whose event is gone. */
  cleanup(): CleanupCounts {
    const now = this.#now();
    const remove = this.#db.transaction((): CleanupCounts => {
      const run = (sql: string, ...values: number[]) =>
        this.#db.prepare<number[]>(sql).run(...values).changes;
      return {
        events: run('DELETE FROM events WHERE created_at < ?', now - this.#retention),
        subscribers: run('DELETE FROM subscribers WHERE last_poll_at < ?', now - this.#timeout),
        acks: run('DELETE FROM acks WHERE event_id NOT IN (SELECT event_id FROM events)'),
      };
    });
    return remove.immediate();
  }

  stats(): QueueStats {
    const now = this.#now();
    const byType = this.#db
      .prepare<[], { type: string; n: number }>(
        'SELECT event_type AS type, count(*) AS n FROM events GROUP BY event_type',
      )
      .all();
    const active = this.#db
      .prepare<
        [number],
        { subscriber_id: string; process_name: string; hostname: string; last_poll_at: number }
      >('SELECT subscriber_id, process_name, hostname, last_poll_at FROM subscribers WHERE last_poll_at > ?')
      .all(now - this.#timeout);
    return {
      totalEvents: byType.reduce((sum, { n }) => sum + n, 0),
      eventsByType: new Map(byType.map(({ type, n }) => [type, n])),
      activeSubscribers: active.map((row) => ({
        subscriberId: row.subscriber_id,
        processName: row.process_name,
        hostname: row.hostname,
        secondsSinceLastPoll: now - row.last_poll_at,
      })),
      retentionSeconds: this.#retention,
    };
  }

  health(): QueueHealth {
    try {
      const { totalEvents, activeSubscribers } = this.stats();
      const message = 'The cross-process queue answers.';
      return { healthy: true, message, totalEvents, activeSubscribers: activeSubscribers.length };
    } catch (error) {
      return { healthy: false, message: troubleOf(error).line, totalEvents: 0, activeSubscribers: 0 };
    }
  }

  close(): void {
    this.#db.close();
  }
}

function toQueueEvent(row: EventColumns): QueueEvent {
  const parsed = parsePayload(row.payload);
  return {
    eventId: row.event_id,
    eventType: row.event_type,
    payload: parsed.ok ? parsed.payload : {},
    payloadError: parsed.ok ? null : parsed.reason,
    source: row.source,
    hostname: row.hostname,
    createdAt: row.created_at,
  };
}
