import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { DatabaseError } from './errors';
import * as schema from './schema';

export type Connection = Database.Database;

export interface OpenOptions {
  readonly readonly?: boolean;
  /** Pages that the connection keeps in memory. */
  readonly cacheKb?: number;
}

/**
 * Opens `ringside.db`. Every writing connection acknowledges, so each gets `synchronous=FULL`: the pragma belongs to the
 * connection, not to the file. Checkpoints stay automatic and small, and run in the writer's thread.
 */
export function openDatabase(file: string, options: OpenOptions = {}): Connection {
  const db = openFile(file, options);
  try {
    db.pragma('busy_timeout = 5000');
    if (!options.readonly) {
      // Before the first table, so that what retention frees can go back to the file system.
      if (db.pragma('page_count', { simple: true }) === 0) db.pragma('auto_vacuum = INCREMENTAL');
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      db.pragma('journal_size_limit = 67108864');
      db.pragma('wal_autocheckpoint = 4000');
    }
    // No mmap: it made writes no faster (measured), and every connection's mapping counts as memory of this process.
    db.pragma(`cache_size = -${options.cacheKb ?? (options.readonly ? 16_384 : 24_576)}`);
    db.pragma('temp_store = MEMORY');
    return db;
  } catch (error) {
    db.close();
    throw unusable(file, error);
  }
}

/**
 * Runs transactions that need not outlive a loss of power by themselves: they are on disk with the next commit that does,
 * and none is before one that went before it. Not inside a transaction.
 */
export function withoutSync<T>(db: Connection, work: () => T): T {
  db.pragma('synchronous = NORMAL');
  try {
    return work();
  } finally {
    db.pragma('synchronous = FULL');
  }
}

function openFile(file: string, options: OpenOptions): Connection {
  try {
    return new Database(file, {
      readonly: options.readonly ?? false,
      fileMustExist: options.readonly ?? false,
    });
  } catch (error) {
    throw unusable(file, error);
  }
}

/** Why the file cannot be used, whatever it was that failed on the way to its first transaction. */
export function unusable(file: string, error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const notADatabase = reason.includes('not a database');
  const advice = notADatabase
    ? 'move the file away, or point RINGSIDE_DATA_DIR elsewhere'
    : 'check that the folder exists, is writable and has space';
  return new DatabaseError(
    notADatabase ? 'not_a_database' : 'unusable',
    `cannot open the history ${file}: ${reason}; ${advice}`,
  );
}

/**
 * Brings the database to this version's schema. A database that a newer Ringside has migrated further is refused
 * untouched: writing to a schema one does not know loses what the newer one added.
 */
export function migrateDatabase(db: Connection, migrationsFolder: string): void {
  const known = readMigrationFiles({ migrationsFolder });
  const newestKnown = Math.max(...known.map((migration) => migration.folderMillis));
  const applied = newestApplied(db);
  if (applied !== null && applied > newestKnown) {
    throw new DatabaseError(
      'newer_version',
      `the history ${db.name} was written by a newer version of Ringside (schema ${applied}, this one knows ${newestKnown}): ` +
        'start the newer version, or point RINGSIDE_DATA_DIR at another folder',
    );
  }
  migrate(drizzle(db, { schema }), { migrationsFolder });
}

function newestApplied(db: Connection): number | null {
  const table = db.prepare("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'").get();
  if (!table) return null;
  const row = db
    .prepare<[], { at: number | null }>('SELECT max(created_at) AS at FROM __drizzle_migrations')
    .get();
  return row?.at ?? null;
}
