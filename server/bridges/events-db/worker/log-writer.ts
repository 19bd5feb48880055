import Database from 'better-sqlite3';
import { RETENTION_SECONDS } from '../queue/queue-types';
import { subscriberIdOf, subscriberWrites } from '../queue/queue-subscribers';
import { prepareConnection } from '../queue/schema';
import type { ForwardedRow, OutRow } from './protocol';

export interface WriterIdentity {
  readonly processName: string;
  readonly hostname: string;
}

/**
 * The writing connection: forwards events, keeps the subscription alive, acks. Its busy timeout is a few milliseconds,
 * because the tail runs on the same thread; whoever asked tries again later.
 */
export class LogWriter {
  readonly #db: Database.Database;
  readonly #subscriberId: string;
  readonly #identity: WriterIdentity;
  readonly #subscribers: ReturnType<typeof subscriberWrites>;
  readonly #insert: Database.Statement<[string, string, string, string, number]>;
  readonly #ack: Database.Statement<[string, number | bigint, number]>;
  readonly #ackRange: Database.Statement<[string, number, number, number, number]>;

  /** Creates tables that are missing and registers; throws SQLite's error where the file cannot be written. */
  constructor(file: string, identity: WriterIdentity, mayCreate: boolean) {
    this.#db = new Database(file, { timeout: 5, fileMustExist: !mayCreate });
    try {
      this.#db.pragma('cache_size = -2000');
      prepareConnection(this.#db);
      this.#identity = identity;
      this.#subscriberId = subscriberIdOf(identity.hostname, identity.processName, 'stable');
      this.#subscribers = subscriberWrites(this.#db);
      this.#insert = this.#db.prepare(
        'INSERT INTO events (event_type, payload, source, hostname, created_at) VALUES (?, ?, ?, ?, ?)',
      );
      this.#ack = this.#db.prepare(
        'INSERT OR IGNORE INTO acks (subscriber_id, event_id, acked_at) VALUES (?, ?, ?)',
      );
      this.#ackRange = this.#db.prepare(
        `INSERT OR IGNORE INTO acks (subscriber_id, event_id, acked_at)
         SELECT ?, event_id, ? FROM events WHERE event_id > ? AND event_id <= ? AND created_at > ?`,
      );
      this.#register();
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  #register(): void {
    const subscriber = {
      subscriberId: this.#subscriberId,
      ...this.#identity,
      pid: process.pid,
      eventTypes: [],
    };
    this.#subscribers.register(subscriber, Date.now() / 1000);
  }

  /** All rows in one transaction, acked for ourselves, so that RingRift does not count them as pending for us. */
  insert(rows: readonly OutRow[]): ForwardedRow[] {
    const now = Date.now() / 1000;
    const all = this.#db.transaction(() =>
      rows.map((row) => {
        const result = this.#insert.run(
          row.eventType,
          row.payloadText,
          row.source,
          row.hostname,
          row.createdAt,
        );
        this.#ack.run(this.#subscriberId, result.lastInsertRowid, now);
        return { seq: row.seq, queueEventId: Number(result.lastInsertRowid) };
      }),
    );
    return all.immediate();
  }

  heartbeat(): void {
    // Clean-up of another process may have removed us while we were silent.
    if (!this.#subscribers.touch(this.#subscriberId, Date.now() / 1000)) this.#register();
  }

  /** Acks what is within RingRift's retention; older rows are pending for nobody. */
  ack(above: number, upTo: number): void {
    const now = Date.now() / 1000;
    this.#ackRange.run(this.#subscriberId, now, above, upTo, now - RETENTION_SECONDS);
  }

  close(): void {
    this.#db.close();
  }
}
