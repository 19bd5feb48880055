import type { Connection } from '../../../db/client';
import {
  RecordStore,
  type RecordFields,
  type RecordQuery,
  type RecordTable,
  type RecordWhere,
} from '../../../db/records';
import type { KeptView } from '../../../domain/views/view';
import { actionFilterSql, toAction, type ActionColumns } from '../actions/action-reads';
import { letterFilterSql, letterSelectionSql } from '../letters/letter-sql';
import { Statements } from '../sql/statements';
import type { ActionEntry, ActionFilter } from '../actions/action-types';
import type {
  DeadLetter,
  DeadLetterCount,
  DeadLetterFilter,
  DeadLetterGroup,
  DeadLetterSelection,
} from '../letters/letter-types';
import type { BridgeCursor } from '../types';
import { readViews } from '../views/view-store';

type CursorColumns = {
  bridge: string;
  incarnation: string;
  read_row_id: number;
  forwarded_seq: number;
  forwarded_row_id: number;
  backfill: string | null;
};
type LetterColumns = {
  id: number;
  kind: DeadLetter['kind'];
  reason: string;
  content: string;
  event_type: string | null;
  event_id: string | null;
  source: string;
  reference: string | null;
  at: number;
  status: DeadLetter['status'];
};

/** A setting as stored; who changed it is for people to read. */
export interface StoredSetting {
  readonly value: string;
  readonly changedAt: number;
  readonly changedBy: string;
}

/** The questions about what history keeps beside events: dead letters, cursors, accounts, actions, views, snapshots, settings. */
export class KeptReads {
  protected readonly statements: Statements;
  readonly #records: RecordStore;

  constructor(protected readonly db: Connection) {
    this.statements = new Statements(db);
    this.#records = new RecordStore(db);
  }

  listDeadLetters(options: DeadLetterFilter & { limit: number; before?: number }): {
    letters: DeadLetter[];
    total: number;
  } {
    const { where, params } = letterFilterSql(options);
    const rows = this.statements.all<LetterColumns>(
      `SELECT * FROM dead_letters WHERE ${where} AND id < ? ORDER BY id DESC LIMIT ?`,
      [...params, options.before ?? Number.MAX_SAFE_INTEGER, options.limit],
    );
    const sql = `SELECT count(*) AS n FROM dead_letters WHERE ${where}`;
    return { letters: rows.map(toLetter), total: this.statements.all<{ n: number }>(sql, params)[0]?.n ?? 0 };
  }

  openDeadLetters(selection: DeadLetterSelection, aboveId: number, limit: number): DeadLetter[] {
    const { where, params } = letterSelectionSql(selection);
    const sql = `SELECT * FROM dead_letters WHERE ${where} AND id > ? ORDER BY id LIMIT ?`;
    return this.statements.all<LetterColumns>(sql, [...params, aboveId, limit]).map(toLetter);
  }

  countDeadLetters(selection: DeadLetterSelection): DeadLetterCount {
    const { where, params } = letterSelectionSql(selection);
    const sql = `SELECT count(*) AS count, coalesce(max(id), 0) AS upToId FROM dead_letters WHERE ${where}`;
    return this.statements.all<DeadLetterCount>(sql, params)[0] ?? { count: 0, upToId: 0 };
  }

  deadLetterGroups(limit: number): DeadLetterGroup[] {
    const sql =
      "SELECT kind, event_type AS eventType, CASE WHEN kind = 'handler' THEN reference END AS handler, count(*) AS count, " +
      "min(at) AS firstAt, max(at) AS lastAt FROM dead_letters WHERE status = 'open' GROUP BY 1, 2, 3 ORDER BY count DESC, lastAt DESC LIMIT ?";
    return this.statements.all<DeadLetterGroup>(sql, [limit]);
  }

  cursorOf(bridge: string): BridgeCursor | null {
    const row = this.statements.all<CursorColumns>('SELECT * FROM bridge_cursors WHERE bridge = ?', [
      bridge,
    ])[0];
    if (!row) return null;
    return {
      bridge: row.bridge,
      incarnation: row.incarnation,
      readRowId: row.read_row_id,
      forwardedSeq: row.forwarded_seq,
      forwardedRowId: row.forwarded_row_id,
      backfill: row.backfill === null ? null : (JSON.parse(row.backfill) as BridgeCursor['backfill']),
    };
  }

  findRecords(query: RecordQuery): RecordFields[] {
    return this.#records.find(query);
  }

  countRecords(table: RecordTable, where: RecordWhere): number {
    return this.#records.count(table, where);
  }

  actionByKey(key: string): ActionEntry | null {
    const row = this.statements.all<ActionColumns>('SELECT * FROM actions WHERE key = ?', [key])[0];
    return row ? toAction(row) : null;
  }

  actionById(actionId: string): ActionEntry | null {
    const row = this.statements.all<ActionColumns>('SELECT * FROM actions WHERE action_id = ?', [
      actionId,
    ])[0];
    return row ? toAction(row) : null;
  }

  listActions(
    filter: ActionFilter,
    { limit, before }: { limit: number; before?: number },
  ): { actions: ActionEntry[]; total: number } {
    const { where, params } = actionFilterSql(filter);
    const rows = this.statements.all<ActionColumns>(
      `SELECT * FROM actions WHERE ${where} AND id < ? ORDER BY id DESC LIMIT ?`,
      [...params, before ?? Number.MAX_SAFE_INTEGER, limit],
    );
    const sql = `SELECT count(*) AS n FROM actions WHERE ${where}`;
    return { actions: rows.map(toAction), total: this.statements.all<{ n: number }>(sql, params)[0]?.n ?? 0 };
  }

  listViews(): KeptView[] {
    return readViews(this.db);
  }

  snapshot(name: string): { version: string; seq: number; data: Uint8Array } | null {
    return (
      this.statements.all<{ version: string; seq: number; data: Uint8Array }>(
        'SELECT version, seq, data FROM state_snapshots WHERE name = ?',
        [name],
      )[0] ?? null
    );
  }

  setting(name: string): StoredSetting | null {
    const sql = 'SELECT value, changed_at AS changedAt, changed_by AS changedBy FROM settings WHERE name = ?';
    return this.statements.all<StoredSetting>(sql, [name])[0] ?? null;
  }
}

function toLetter({ event_type, event_id, ...letter }: LetterColumns): DeadLetter {
  return { ...letter, eventType: event_type, eventId: event_id };
}
