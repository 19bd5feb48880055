import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateDatabase, openDatabase, type Connection } from '../../../db/client';
import { migrationsFolder } from '../../process/paths';
import { newEvent } from '../events.test-support';
import { TextIndex } from './text-index';
import { packRows } from './packed-rows';
import type { NewEvent } from '../types';
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
  Array.from({ length: count }, () => newEvent({ payload: { text: randomBytes(size).toString('hex') } }));
const operation = (events: readonly NewEvent[]) => ({ kind: 'append', rows: packRows(events) }) as const;
const append = (count: number, size?: number) => store.commit([operation(rows(count, size))]);
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
    // Full: what is committed next waits for the disk again.
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    free();
    texts.catchUp();
    expect(texts.behind).toBe(0);
    expect(db.prepare("SELECT count(*) AS n FROM events_fts WHERE events_fts MATCH 'gh200'").get()).toEqual({
      n: 400,
    });
  });
});

describe('rows that exist already', () => {
  it('are found wherever they stand, and the rows around them get consecutive numbers', () => {
    const events = rows(100);
    store.commit([operation(events.slice(0, 3))]);
    const known = [events[2]!, ...rows(40), events[0]!, ...rows(20), events[1]!];
    const [outcome] = store.commit([operation(known)]);
    expect(outcome).toMatchObject({
      firstSeq: 4,
      existing: [
        { index: 0, seq: 3, eventId: events[2]!.eventId },
        { index: 41, seq: 1, eventId: events[0]!.eventId },
        { index: 62, seq: 2, eventId: events[1]!.eventId },
      ],
    });
    const seqs = db.prepare<[], { seq: number }>('SELECT seq FROM events ORDER BY seq').all();
    expect(seqs.map(({ seq }) => seq)).toEqual(Array.from({ length: 63 }, (_, index) => index + 1));
  });
});

describe('the index', () => {
  it('finds the same words before, while and after its segments are merged', () => {
    const texts = new TextIndex(db, () => store.lastSeq);
    const found = () =>
      db.prepare("SELECT count(*) AS n FROM events_fts WHERE events_fts MATCH 'gh200'").get();
    for (let n = 1; n <= 20; n++) {
      append(5);
      texts.catchUp();
    }
    expect([texts.unmerged, found()]).toEqual([true, { n: 100 }]);
    for (let step = 0; texts.unmerged && step < 50; step++) {
      texts.quiet();
      while (texts.step()) expect(found()).toEqual({ n: 100 });
      expect(found()).toEqual({ n: 100 });
    }
    expect(texts.unmerged).toBe(false);
  });

  it('takes whole chunks in passing and the rest when asked', () => {
    const texts = new TextIndex(db, () => store.lastSeq);
    append(4_100);
    texts.keepUp();
    expect(texts.behind).toBe(100);
    texts.catchUp();
    expect(texts.behind).toBe(0);
    expect(new TextIndex(db, () => store.lastSeq).behind).toBe(0);
  });

  it('takes a little at a time where commits may come between, until nothing is left', () => {
    const texts = new TextIndex(db, () => store.lastSeq);
    append(3_000);
    const left = [texts.behind];
    while (texts.step()) left.push(texts.behind);
    expect(left.length).toBeGreaterThan(2);
    expect(left[1]).toBe(2_750);
    expect(left.at(-1)).toBe(0);
  });

  it('does not merge while nobody says that it is quiet, but for the oldest of many segments', () => {
    const texts = new TextIndex(db, () => store.lastSeq);
    for (let n = 1; n <= 20; n++) {
      append(1);
      texts.catchUp();
    }
    expect([texts.step(), texts.unmerged]).toEqual([false, true]);
    for (let n = 1; n <= 60; n++) {
      append(1);
      texts.catchUp();
    }
    expect(texts.step()).toBe(true);
  });
});
