import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateDatabase, openDatabase, withoutSync } from './client';
import { DatabaseError } from './errors';
import * as schema from './schema';

const MIGRATIONS = path.join(import.meta.dirname, 'migrations');
const FULL = 2;
const NORMAL = 1;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringside-db-'));
  file = path.join(folder, 'ringside.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const caught = (work: () => unknown): DatabaseError => {
  try {
    work();
  } catch (error) {
    if (error instanceof DatabaseError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('withoutSync', () => {
  it('spares the wait for the disk while the work runs, and not after it, also where it fails', () => {
    const db = openDatabase(file);
    const now = () => db.pragma('synchronous', { simple: true });
    expect([withoutSync(db, now), now()]).toEqual([NORMAL, FULL]);
    const failing = db.transaction(() => {
      throw new Error(`at ${String(now())}`);
    });
    expect(() => withoutSync(db, failing)).toThrow('at 1');
    expect(now()).toBe(FULL);
    db.close();
  });
});

describe('openDatabase', () => {
  it('makes every writing connection wait for the disk, and a second one too', () => {
    for (let n = 0; n < 2; n++) {
      const db = openDatabase(file);
      expect(db.pragma('synchronous', { simple: true })).toBe(FULL);
      expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
      expect(db.pragma('busy_timeout', { simple: true })).toBe(5000);
      db.close();
    }
  });

  it('opens for reading without the right to write, and creates nothing', () => {
    expect(caught(() => openDatabase(file, { readonly: true })).code).toBe('unusable');
    openDatabase(file).close();
    const db = openDatabase(file, { readonly: true });
    expect(() => db.exec('CREATE TABLE t (x)')).toThrow(/readonly/);
    db.close();
  });

  it('refuses what is no database and leaves it as it is', () => {
    const text = 'these are notes, not tables. '.repeat(100);
    writeFileSync(file, text);
    const error = caught(() => openDatabase(file));
    expect(error.code).toBe('not_a_database');
    expect(error.message).toMatch(/^cannot open the history .*RINGSIDE_DATA_DIR/);
    expect(error.message).not.toContain('\n');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('says what to check when the place is unusable', () => {
    expect(caught(() => openDatabase(path.join(folder, 'none', 'x.db'))).message).toMatch(/folder exists/);
    mkdirSync(file);
    expect(caught(() => openDatabase(file)).code).toBe('unusable');
  });
});

describe('migrateDatabase', () => {
  it('brings an empty file up to date, and a second time changes nothing', () => {
    const db = openDatabase(file);
    migrateDatabase(db, MIGRATIONS);
    const schema = () => db.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all();
    const before = schema();
    expect(JSON.stringify(before)).toContain('events_fts');
    migrateDatabase(db, MIGRATIONS);
    expect(schema()).toEqual(before);
    db.close();
  });

  // Else the code would ask for columns that no database has: `npm run db:generate` was forgotten, or its file.
  it('makes the tables, columns and indexes that the schema declares', () => {
    const db = openDatabase(file);
    migrateDatabase(db, MIGRATIONS);
    const made = (table: string) => ({
      columns: db
        .prepare<[], { name: string; type: string; notnull: number; pk: number }>(
          `PRAGMA table_info(${table})`,
        )
        .all()
        .map(({ name, type, notnull, pk }) => [name, type.toLowerCase(), notnull === 1 || pk > 0])
        .sort(),
      indexes: db
        .prepare<[], { name: string; unique: number; origin: string }>(`PRAGMA index_list(${table})`)
        .all()
        .filter(({ origin }) => origin === 'c')
        .map(({ name, unique }) => [name, unique === 1])
        .sort(),
    });
    const tables = Object.values(schema);
    expect(tables.length).toBeGreaterThan(10);
    for (const table of tables) {
      const { name, columns, indexes, primaryKeys } = getTableConfig(table);
      const keys = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
      expect(made(name), name).toEqual({
        columns: columns
          .map((column) => [
            column.name,
            column.getSQLType(),
            column.notNull || column.primary || keys.has(column.name),
          ])
          .sort(),
        indexes: [
          ...indexes.map(({ config }) => [config.name, config.unique]),
          ...columns.filter((column) => column.isUnique).map((column) => [column.uniqueName, true]),
        ].sort(),
      });
    }
    db.close();
  });

  it('refuses the database of a newer version, byte for byte untouched', () => {
    const db = openDatabase(file);
    migrateDatabase(db, MIGRATIONS);
    db.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 99999999999999)");
    db.close();
    const before = readFileSync(file);
    const again = openDatabase(file);
    const error = caught(() => migrateDatabase(again, MIGRATIONS));
    again.close();
    expect(error.code).toBe('newer_version');
    expect(error.message).toMatch(
      /newer version of Ringside.*RINGSIDE_DATA_DIR|newer version.*another folder/,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
