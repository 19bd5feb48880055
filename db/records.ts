import {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  ne,
  or,
} from 'drizzle-orm';
import { isNotNull, type SQL } from 'drizzle-orm';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Connection } from './client';
import { accessLinks, accounts, apiKeys, sessions, users, verifications } from './schema';

/** Small tables whose rows are read and written whole, by fields: those of accounts. Events have statements of their own. */
const TABLES = { users, sessions, accounts, verifications, accessLinks, apiKeys };

export type RecordTable = keyof typeof TABLES;
export type RecordOf<Name extends RecordTable> = (typeof TABLES)[Name]['$inferSelect'];
export type RecordValue = string | number | null;
export type RecordFields = Readonly<Record<string, RecordValue>>;

const COMPARE = { eq, ne, lt, lte, gt, gte } as const;

export interface RecordCondition {
  readonly field: string;
  readonly operator: keyof typeof COMPARE | 'in';
  readonly value: RecordValue | readonly RecordValue[];
}

/** All conditions hold; with `any`, at least one. */
export interface RecordWhere {
  readonly conditions: readonly RecordCondition[];
  readonly any?: boolean;
}

export type RecordChange =
  | { readonly change: 'insert'; readonly table: RecordTable; readonly fields: RecordFields }
  | {
      readonly change: 'update';
      readonly table: RecordTable;
      readonly fields: RecordFields;
      readonly where: RecordWhere;
    }
  | { readonly change: 'delete'; readonly table: RecordTable; readonly where: RecordWhere };

export interface RecordQuery {
  readonly table: RecordTable;
  readonly where: RecordWhere;
  readonly orderBy?: { readonly field: string; readonly direction: 'asc' | 'desc' };
  readonly limit?: number;
  readonly offset?: number;
}

export function isRecordTable(name: string): name is RecordTable {
  return Object.hasOwn(TABLES, name);
}

/** Throws for a field that the table lacks: on the asking side, before it could fail the transaction of others. */
export function checkFields(table: RecordTable, fields: readonly string[]): void {
  for (const field of fields) columnOf(table, field);
}

function columnOf(table: RecordTable, field: string): SQLiteColumn {
  const column = (getTableColumns(TABLES[table]) as Record<string, SQLiteColumn>)[field];
  if (!column) throw new Error(`the table ${table} has no field ${field}`);
  return column;
}

function conditionSql(table: RecordTable, { field, operator, value }: RecordCondition): SQL {
  const column = columnOf(table, field);
  if (typeof value === 'object' && value !== null) return inArray(column, [...value]);
  if (operator === 'in') return eq(column, value);
  if (value === null) return operator === 'ne' ? isNotNull(column) : isNull(column);
  return COMPARE[operator](column, value);
}

function whereSql(table: RecordTable, { conditions, any = false }: RecordWhere): SQL | undefined {
  const parts = conditions.map((condition) => conditionSql(table, condition));
  return any ? or(...parts) : and(...parts);
}

/** Reads and changes records on one connection; runs in the threads of history. */
export class RecordStore {
  readonly #db: BetterSQLite3Database;

  constructor(connection: Connection) {
    this.#db = drizzle(connection);
  }

  /** Rows changed: 0 for an insert whose unique field is taken already. An update or delete without condition changes nothing. */
  apply(change: RecordChange): number {
    const table = TABLES[change.table];
    if (change.change === 'insert')
      return this.#db
        .insert(table)
        .values(change.fields as never)
        .onConflictDoNothing()
        .run().changes;
    const where = whereSql(change.table, change.where);
    if (where === undefined) return 0;
    if (change.change === 'delete') return this.#db.delete(table).where(where).run().changes;
    return this.#db.update(table).set(change.fields).where(where).run().changes;
  }

  find({ table, where, orderBy, limit = 1_000, offset = 0 }: RecordQuery): RecordFields[] {
    const query = this.#db.select().from(TABLES[table]).where(whereSql(table, where)).$dynamic();
    if (orderBy) {
      const column = columnOf(table, orderBy.field);
      void query.orderBy(orderBy.direction === 'asc' ? asc(column) : desc(column));
    }
    return query.limit(limit).offset(offset).all();
  }

  count(table: RecordTable, where: RecordWhere): number {
    const row = this.#db.select({ n: count() }).from(TABLES[table]).where(whereSql(table, where)).get();
    return row?.n ?? 0;
  }
}
