import Database from 'better-sqlite3';

/**
 * A lock on a file, for one process at a time. The operating system takes it back with the process, however that ends: a
 * number written into a file would be somebody else's one day.
 */
export class FileLock {
  private constructor(private readonly db: Database.Database) {}

  /**
   * Waits up to `waitMs` for whoever holds it, then is null. Creates the file; throws SQLite's errors where it cannot. Nothing
   * else may open it: a process that closes the file loses its lock.
   */
  static take(file: string, waitMs: number): FileLock | null {
    const db = new Database(file, { timeout: waitMs });
    try {
      db.exec('BEGIN EXCLUSIVE');
      return new FileLock(db);
    } catch (error) {
      db.close();
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
      throw error;
    }
  }

  release(): void {
    this.db.close();
  }
}
