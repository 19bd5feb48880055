import Database from 'better-sqlite3';
import { SCHEMA } from '../../bridges/events-db/queue/schema';

/** One row to be written, as a producer of the cluster would. `createdAt` is in epoch seconds. */
export interface OutgoingRow {
  readonly eventType: string;
  /** JSON text. */
  readonly payload: string;
  readonly source: string;
  readonly hostname: string;
  readonly createdAt: number;
}
export interface IncomingRow extends OutgoingRow {
  readonly rowId: number;
}
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** The shared log as the demo needs it: written in batches, read for what others wrote. */
export interface DemoLog {
  /** Writes all rows in one transaction; null for no rows. Row ids within a batch are consecutive. */
  append(rows: readonly OutgoingRow[]): RowRange | null;
  after(rowId: number, limit: number): readonly IncomingRow[];
  /** Newest row's id and time; zeros for an empty log. */
  newest(): { readonly rowId: number; readonly createdAt: number };
  register(subscriber: Subscriber, now: number): void;
  /** Unseen rows of the subscriber's types, oldest first; refreshes its heartbeat. */
  poll(subscriber: Subscriber, now: number, limit: number): readonly IncomingRow[];
  acknowledge(subscriberId: string, rowIds: readonly number[], now: number): void;
  /** Deletes what is older than the retention of 24 hours. */
  cleanUp(now: number): void;
  close(): void;
}

export interface Subscriber {
  readonly id: string;
  readonly processName: string;
  readonly hostname: string;
  readonly pid: number;
  readonly types: readonly string[];
}

const RETENTION_SECONDS = 24 * 3600;

const ROW = 'event_id AS rowId, event_type AS eventType, payload, source, hostname, created_at AS createdAt';

/** Opens (or creates) an events.db the way the cluster's Python processes do. */
export function openEventFile(file: string): DemoLog {
  const db = new Database(file, { timeout: 30_000 });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.exec(SCHEMA);
  return { ...rowsOf(db), ...subscribersOf(db), close: () => void db.close() };
}

function rowsOf(db: Database.Database): Pick<DemoLog, 'append' | 'after' | 'newest' | 'cleanUp'> {
  const insert = db.prepare(
    'INSERT INTO events (event_type, payload, source, hostname, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  const after = db.prepare<[number, number], IncomingRow>(
    `SELECT ${ROW} FROM events WHERE event_id > ? ORDER BY event_id LIMIT ?`,
  );
  const newest = db.prepare<[], { rowId: number; createdAt: number }>(
    'SELECT event_id AS rowId, created_at AS createdAt FROM events ORDER BY event_id DESC LIMIT 1',
  );
  const old = db.prepare('DELETE FROM events WHERE created_at < ?');
  const write = db.transaction((rows: readonly OutgoingRow[]): number => {
    let last = 0;
    for (const row of rows) {
      last = Number(
        insert.run(row.eventType, row.payload, row.source, row.hostname, row.createdAt).lastInsertRowid,
      );
    }
    return last;
  });
  return {
    append(rows) {
      if (rows.length === 0) return null;
      const last = write.immediate(rows);
      return { first: last - rows.length + 1, last };
    },
    after: (rowId, limit) => after.all(rowId, limit),
    newest: () => newest.get() ?? { rowId: 0, createdAt: 0 },
    cleanUp: (now) => void old.run(now - RETENTION_SECONDS),
  };
}

function subscribersOf(db: Database.Database): Pick<DemoLog, 'register' | 'poll' | 'acknowledge'> {
  const register = db.prepare(
    `INSERT INTO subscribers (subscriber_id, process_name, hostname, pid, subscribed_types, last_poll_at, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (subscriber_id) DO UPDATE SET pid = excluded.pid, last_poll_at = excluded.last_poll_at`,
  );
  const seen = db.prepare('UPDATE subscribers SET last_poll_at = ? WHERE subscriber_id = ?');
  const unseen = db.prepare<[string, string, number, number], IncomingRow>(
    `SELECT ${ROW} FROM events
     WHERE event_id > (SELECT coalesce(max(event_id), 0) FROM acks WHERE subscriber_id = ?)
       AND event_type IN (SELECT value FROM json_each(?)) AND created_at > ?
     ORDER BY event_id LIMIT ?`,
  );
  const ack = db.prepare('INSERT OR IGNORE INTO acks (subscriber_id, event_id, acked_at) VALUES (?, ?, ?)');
  const acknowledge = db.transaction((id: string, rowIds: readonly number[], now: number) => {
    for (const rowId of rowIds) ack.run(id, rowId, now);
  });
  return {
    register: ({ id, processName, hostname, pid, types }, now) =>
      void register.run(id, processName, hostname, pid, JSON.stringify(types), now, now),
    poll(subscriber, now, limit) {
      seen.run(now, subscriber.id);
      return unseen.all(subscriber.id, JSON.stringify(subscriber.types), now - RETENTION_SECONDS, limit);
    },
    acknowledge: (id, rowIds, now) => acknowledge.immediate(id, rowIds, now),
  };
}
