import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateDatabase, openDatabase, type Connection } from '../../db/client';
import { migrationsFolder } from '../paths';
import { newEvent } from './events.test-support';
import { TextIndex } from './text-index';
import { toTuple } from './tuples';
import { WriteStore } from './write-store';

let folder: string;
let db: Connection;
let store: WriteStore;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringside-store-'));
  db = openDatabase(path.join(folder, 'ringside.db'));
  migrateDatabase(db, migrationsFolder());
  store = new WriteStore(db, () => 5);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const rows = (count: number, size = 10) =>
  Array.from({ length: count }, () =>
    toTuple(newEvent({ payload: { text: randomBytes(size).toString('hex') } })),
  );
const append = (count: number, size?: number) => store.commit([{ kind: 'append', rows: rows(count, size) }]);
const total = () => db.prepare<[], { n: number }>('SELECT count(*) AS n FROM events').get()?.n;

describe('a full disk', () => {
  const fill = (): void => {
    const pages = Number(db.pragma('page_count', { simple: true }));
    db.pragma(`max_page_count = ${pages + 4}`);
  };
  const free = (): void => {
    db.pragma('max_page_count = 1000000');
  };

  it('takes back the whole transaction, and numbers go on without a gap when there is space', () => {
    append(3);
    fill();
    expect(() => append(50, 2_000)).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }));
    expect([total(), store.lastSeq, store.headSeq]).toEqual([3, 3, 3]);
    free();
    expect(append(2)).toEqual([{ firstSeq: 4, receivedAt: 5, existing: [] }]);
  });

  it('leaves the index where it was, to catch up later', () => {
    const texts = new TextIndex(db, () => store.lastSeq);
    append(400, 200);
    fill();
    expect(() => texts.catchUp()).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }));
    expect(texts.behind).toBe(400);
    free();
    texts.catchUp();
    expect(texts.behind).toBe(0);
    expect(db.prepare("SELECT count(*) AS n FROM events_fts WHERE events_fts MATCH 'gh200'").get()).toEqual({
      n: 400,
    });
  });
});

describe('the index', () => {
  it('takes whole chunks in passing and the rest when asked', () => {
    const texts = new TextIndex(db, () => store.lastSeq);
    append(4_100);
    texts.step();
    expect(texts.behind).toBe(100);
    texts.catchUp();
    expect(texts.behind).toBe(0);
    expect(new TextIndex(db, () => store.lastSeq).behind).toBe(0);
  });
});
