import type { Database } from 'better-sqlite3';

/** Exactly what RingRift's processes create, down to the text in `sqlite_master`, so that either side may come first. */
export const SCHEMA = `
            CREATE TABLE IF NOT EXISTS events (
                event_id INTEGER PRIMARY KEY AUTOINCREMENT,
                event_type TEXT NOT NULL,
                payload TEXT NOT NULL DEFAULT '{}',
                source TEXT NOT NULL DEFAULT '',
                hostname TEXT NOT NULL DEFAULT '',
                created_at REAL NOT NULL,
                INDEX_event_type TEXT GENERATED ALWAYS AS (event_type) STORED
            );
            CREATE TABLE IF NOT EXISTS subscribers (
                subscriber_id TEXT PRIMARY KEY,
                process_name TEXT NOT NULL,
                hostname TEXT NOT NULL,
                pid INTEGER NOT NULL,
                subscribed_types TEXT NOT NULL DEFAULT '[]',
                last_poll_at REAL NOT NULL,
                created_at REAL NOT NULL
            );
            CREATE TABLE IF NOT EXISTS acks (
                subscriber_id TEXT NOT NULL,
                event_id INTEGER NOT NULL,
                acked_at REAL NOT NULL,
                PRIMARY KEY (subscriber_id, event_id),
                FOREIGN KEY (subscriber_id) REFERENCES subscribers(subscriber_id) ON DELETE CASCADE,
                FOREIGN KEY (event_id) REFERENCES events(event_id) ON DELETE CASCADE
            );
            CREATE INDEX IF NOT EXISTS idx_events_type ON events(event_type);
            CREATE INDEX IF NOT EXISTS idx_events_created ON events(created_at);
            CREATE INDEX IF NOT EXISTS idx_acks_subscriber ON acks(subscriber_id);
            CREATE INDEX IF NOT EXISTS idx_acks_event ON acks(event_id);
`;

/**
 * Makes a connection behave like RingRift's: WAL, `synchronous=NORMAL`, the tables present. Foreign keys stay off, as in
 * Python's sqlite3: with better-sqlite3's default, registering a subscriber again (insert or replace) would cascade and
 * delete all its acks.
 */
export function prepareConnection(db: Database): void {
  db.pragma('foreign_keys = OFF');
  if (db.pragma('journal_mode', { simple: true }) !== 'wal') db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  const present = db
    .prepare<[], number>(
      `SELECT count(*) FROM sqlite_master WHERE name IN ('events', 'subscribers', 'acks', 'idx_events_type',
       'idx_events_created', 'idx_acks_subscriber', 'idx_acks_event')`,
    )
    .pluck()
    .get();
  // Asked first, because even CREATE IF NOT EXISTS wants the write lock.
  if (present !== 7) db.exec(SCHEMA);
}
