import type { Database } from 'better-sqlite3';
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventsDbBridge } from './bridge';
import type { FakeHistory } from './bridge.test-support';
import { BridgePlace, insertRow, openLog, until } from './bridge.test-support';

let place: BridgePlace;
let history: FakeHistory;

beforeEach(() => {
  place = new BridgePlace();
  ({ history } = place);
});
afterEach(() => place.clear());

const types = (): string[] => history.rows.map((row) => row.eventType);
const shows = (bridge: EventsDbBridge, words: string): Promise<void> =>
  until(() => bridge.status().detail?.includes(words) ?? false, `the bridge shows “${words}”`);
const isLive = (bridge: EventsDbBridge): Promise<void> =>
  until(() => bridge.status().state === 'live', 'the bridge is live again');

function remove(): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(place.file + ending, { force: true });
}

/** A log with rows of these types, closed again. */
function write(...names: string[]): void {
  const db = openLog(place.file);
  for (const [n, type] of names.entries())
    insertRow(db, { type, at: 1_700_000_000 + n + names.length * 100 });
  db.close();
}

describe('a log that begins anew', () => {
  it('is read from its first row when the file was deleted and made again', async () => {
    write('A', 'B', 'C');
    const bridge = await place.live();
    await until(() => history.rows.length === 3, 'the first log arrived');
    remove();
    write('D');
    await until(() => history.rows.length === 4, 'the second log arrived');
    await isLive(bridge);
    expect(types()).toEqual(['A', 'B', 'C', 'D']);
    expect(history.cursor?.readRowId).toBe(1);
  });

  it('is noticed when it has outgrown the old one, also while Ringside was down', async () => {
    write('A', 'B');
    const bridge = await place.live();
    await until(() => history.rows.length === 2, 'the first log arrived');
    await bridge.stop();
    remove();
    write('C', 'D', 'E');
    await place.live();
    await until(() => history.rows.length === 5, 'the second log arrived');
    expect(types()).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  it('is noticed when the rows were deleted and the numbers start again within the same file', async () => {
    write('A', 'B', 'C');
    await place.live();
    await until(() => history.rows.length === 3, 'the rows arrived');
    const db = place.log();
    db.exec("DELETE FROM events; DELETE FROM sqlite_sequence WHERE name = 'events'");
    insertRow(db, { type: 'D' });
    await until(() => history.rows.length === 4, 'the new row arrived');
    expect(types()).toEqual(['A', 'B', 'C', 'D']);
  });

  it('is noticed when the table was made again and outgrew the cursor at once', async () => {
    write('A');
    await place.live();
    await until(() => history.rows.length === 1, 'the row arrived');
    const db = place.log();
    db.transaction(() => {
      db.exec("DELETE FROM events; DELETE FROM sqlite_sequence WHERE name = 'events'");
      for (const type of ['B', 'C', 'D']) insertRow(db, { type });
    })();
    await until(() => history.rows.length === 4, 'the new rows arrived');
    expect(types()).toEqual(['A', 'B', 'C', 'D']);
  });

  it('is not assumed when clean-up removed old rows, nor when the same log was copied back', async () => {
    write('A', 'B', 'C');
    const bridge = await place.live();
    await until(() => history.rows.length === 3, 'the rows arrived');
    const db = openLog(place.file);
    db.exec('DELETE FROM events WHERE event_id < 3');
    db.close();
    await bridge.stop();
    const copy = `${place.file}.copy`;
    const source = openLog(place.file);
    source.exec(`VACUUM INTO '${copy}'`);
    source.close();
    remove();
    renameSync(copy, place.file);
    const again = await place.live();
    insertRow(place.log(), { type: 'D' });
    await until(() => history.rows.length === 4, 'the new row arrived');
    expect(again.status().rows_read).toBe(1);
  });
});

describe('a log that is away', () => {
  it('waits for a missing folder, says so, and starts when it appears', async () => {
    rmSync(place.folder, { recursive: true });
    const bridge = await place.started();
    await shows(bridge, 'The folder of events.db does not exist');
    expect(bridge.status().state).toBe('waiting');
    history.publish('MINE', {});
    mkdirSync(place.folder);
    await isLive(bridge);
    await until(() => history.cursor?.forwardedSeq === 1, 'the event was forwarded');
  });

  it('makes the folder where it may', async () => {
    rmSync(place.folder, { recursive: true });
    await place.live({ create: 'folder' });
  });

  it('makes nothing where it may not', async () => {
    const bridge = await place.started({ create: 'never' });
    await shows(bridge, 'events.db does not exist');
    write('A');
    await isLive(bridge);
    await until(() => history.rows.length === 1, 'the row arrived');
  });

  it('forwards after the folder vanished and came back, each event once', async () => {
    const bridge = await place.live();
    history.publish('A', {});
    bridge.notify();
    await until(() => history.cursor?.forwardedSeq === 1, 'the first was forwarded');
    rmSync(place.folder, { recursive: true });
    await until(() => bridge.status().state === 'waiting', 'the bridge waits');
    history.publish('B', {});
    bridge.notify();
    mkdirSync(place.folder);
    await isLive(bridge);
    await until(() => history.cursor?.forwardedSeq === 2, 'the second was forwarded');
    expect(place.log().prepare('SELECT event_type FROM events').pluck().all()).toEqual(['B']);
  });
});

describe('a log in trouble', () => {
  it('names a damaged file and goes on when it was moved away', async () => {
    writeFileSync(place.file, 'this is no database, it only sits in its place'.repeat(100));
    const bridge = await place.started();
    await shows(bridge, 'is damaged or no SQLite file');
    expect(bridge.status().state).toBe('error');
    history.publish('MINE', {});
    bridge.notify();
    await until(() => bridge.status().outbox_pending === 1, 'what waits is told');
    renameSync(place.file, `${place.file}.bad`);
    await until(() => bridge.status().outbox_pending === 0, 'it was forwarded');
    await isLive(bridge);
  });

  it('notices a file that was cut to nothing while open, and goes on when it was moved away', async () => {
    write('A', 'B');
    const bridge = await place.live();
    await until(() => history.rows.length === 2, 'the rows arrived');
    truncateSync(place.file);
    await until(() => bridge.status().state === 'error', 'the damage shows');
    remove();
    await isLive(bridge);
    insertRow(place.log(), { type: 'C' });
    await until(() => history.rows.length === 3, 'the new row arrived');
  });

  it('reads on while another process holds the write lock, and forwards when it lets go', async () => {
    const bridge = await place.live();
    const db: Database = place.log();
    db.exec('BEGIN EXCLUSIVE');
    history.publish('MINE', {});
    bridge.notify();
    await shows(bridge, 'is locked by another process');
    expect(bridge.status().outbox_pending).toBe(1);
    insertRow(db, { type: 'THEIRS' });
    db.exec('COMMIT');
    await until(() => history.cursor?.forwardedSeq === 1, 'the event was forwarded');
    await until(() => history.rows.length === 1, 'the row arrived');
    await isLive(bridge);
    expect(types()).toEqual(['THEIRS']);
  });

  it('waits while a process locks out everybody, from the start on', async () => {
    const db = openLog(place.file);
    db.pragma('locking_mode = EXCLUSIVE');
    insertRow(db, { type: 'A' });
    const bridge = await place.started();
    await shows(bridge, 'is locked by another process');
    db.close();
    await isLive(bridge);
    await until(() => history.rows.length === 1, 'the row arrived');
  });

  // Root may write everything: it becomes another user for a while, in this test process of its own.
  const become = (uid: number): void => {
    if (process.getuid?.() === 0) process.seteuid?.(uid);
  };

  it('reads a read-only file, says that it cannot forward, and forwards when it may', async () => {
    const { folder } = place;
    rmSync(folder, { recursive: true });
    const bridge = await place.started();
    await shows(bridge, 'The folder of events.db does not exist');
    history.publish('MINE', {});
    mkdirSync(`${folder}-soon`);
    const db = openLog(`${folder}-soon/events.db`);
    insertRow(db, { type: 'A' });
    for (const name of readdirSync(`${folder}-soon`)) chmodSync(`${folder}-soon/${name}`, 0o444);
    chmodSync(dirname(folder), 0o777);
    become(65_534);
    try {
      renameSync(`${folder}-soon`, folder);
      await shows(bridge, 'events.db is read-only');
      await until(() => history.rows.length === 1, 'the row arrived');
      insertRow(db, { type: 'B' });
      await until(() => history.rows.length === 2, 'the live row arrived');
      await until(() => bridge.status().outbox_pending === 1, 'the event waits');
    } finally {
      become(0);
    }
    for (const name of readdirSync(folder)) chmodSync(`${folder}/${name}`, 0o644);
    db.close();
    await isLive(bridge);
    await until(() => history.cursor?.forwardedSeq === 1, 'the event was forwarded');
    expect(place.log().prepare('SELECT event_type FROM events').pluck().all()).toEqual(['A', 'B', 'MINE']);
  });

  it('says that rows numbered beyond 2^53 are not read, and reads what comes into a new file', async () => {
    const bridge = await place.live();
    const db = place.log();
    insertRow(db, { type: 'A' });
    db.exec("UPDATE sqlite_sequence SET seq = 9223372036854775000 WHERE name = 'events'");
    insertRow(db, { type: 'LOST' });
    db.close();
    await shows(bridge, 'numbers its rows beyond 2^53');
    await until(() => history.rows.length === 1, 'the row before arrived');
    renameSync(place.file, `${place.file}.bad`);
    for (const ending of ['-wal', '-shm']) rmSync(place.file + ending, { force: true });
    await isLive(bridge);
    insertRow(place.log(), { type: 'B' });
    await until(() => history.rows.length === 2, 'the row of the new file arrived');
    expect(types()).toEqual(['A', 'B']);
  });

  it('names a file that is not RingRift’s', async () => {
    const db = openLog(place.file);
    db.exec('ALTER TABLE events RENAME COLUMN payload TO body');
    db.close();
    const bridge = await place.started();
    await shows(bridge, 'lacks RingRift’s tables or columns');
  });
});
