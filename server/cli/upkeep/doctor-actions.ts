import Database from 'better-sqlite3';
import { KEY_PREFIX } from '../../../domain/actions/input';
import { ChainCheck } from '../../history/actions/action-chain';
import { toAction, type ActionColumns } from '../../history/actions/action-reads';
import { uuidToBytes } from '../../history/sql/uuid-bytes';

/**
 * Checks the log of actions of a `ringside.db`: every entry as it was written and chained to the one before,
 * and no action's event without an entry, which also finds a log that was cut at its end.
 */
export function actionsProblem(file: string): { entries: number; problem: string | null } {
  const db = new Database(file, { readonly: true });
  try {
    // A history that no start has migrated yet.
    const table = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'actions'").get();
    return table === undefined ? { entries: 0, problem: null } : check(db);
  } finally {
    db.close();
  }
}

function check(db: Database.Database): { entries: number; problem: string | null } {
  const event = db.prepare<[Buffer], { type: string }>(
    'SELECT event_type AS type FROM events WHERE event_id = ?',
  );
  const chain = new ChainCheck();
  for (const row of db.prepare<[], ActionColumns>('SELECT * FROM actions ORDER BY id').iterate()) {
    const entry = toAction(row);
    const broken = chain.next(entry);
    if (broken !== null) return { entries: chain.entries, problem: `entry ${broken.id}: ${broken.problem}` };
    // The limits of history may have removed the event; the entry stays.
    const type = event.get(uuidToBytes(entry.actionId))?.type;
    if (type !== undefined && type !== entry.eventType)
      return { entries: chain.entries, problem: `entry ${entry.id}: its event is of another type` };
  }
  const unlogged = db
    .prepare<[string, string], { n: number }>(
      `SELECT count(*) AS n FROM events WHERE idempotency_key >= ? AND idempotency_key < ?
         AND NOT EXISTS (SELECT 1 FROM actions WHERE key = substr(idempotency_key, ${KEY_PREFIX.length + 1}))`,
    )
    .get(KEY_PREFIX, `${KEY_PREFIX.slice(0, -1)};`)?.n;
  const problem = unlogged === 0 ? null : `${unlogged ?? 0} events of actions have no entry`;
  return { entries: chain.entries, problem };
}
