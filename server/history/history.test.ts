import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { migrationsFolder } from '../process/paths';
import { BadQueryError } from './errors';
import { newEvent as event } from './events.test-support';
import { SqliteHistory } from './history';
import { ReaderPool } from './readers/reader-pool';

let folder: string;
let history: SqliteHistory;
const open = () =>
  SqliteHistory.open({ file: path.join(folder, 'ringside.db'), migrations: migrationsFolder() });

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringside-history-'));
  history = await open();
});
afterEach(async () => {
  await history.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('append', () => {
  it('numbers events in order and gives them back whole', async () => {
    const given = event({
      payload: { 'a"b': [1, null, { c: 'é' }] },
      wireType: 'host_online',
      drift: [{ path: 'x', kind: 'missing', message: 'm' }],
    });
    const [first, second] = await history.append([given, event()]);
    expect(first).toMatchObject({ status: 'stored', seq: 1 });
    expect(second).toMatchObject({ status: 'stored', seq: 2 });
    const { payloadText: _text, idempotencyKey: _key, outbound: _outbound, ...rest } = given;
    expect(await history.byId(given.eventId)).toMatchObject({ ...rest, seq: 1 });
    expect(history.headSeq).toBe(2);
  });

  it('keeps the order of callers that do not wait for each other', async () => {
    const ids = Array.from({ length: 500 }, () => randomUUID());
    await Promise.all(ids.map((eventId) => history.append([event({ eventId })])));
    const stored = await history.eventsAfter(0, 1_000);
    expect(stored.map((found) => found.eventId)).toEqual(ids);
  });

  it('answers "exists" for an event id and for an idempotency key that it has', async () => {
    const given = event({ idempotencyKey: 'press-1' });
    await history.append([given]);
    const [sameId, sameKey, fresh] = await history.append([
      given,
      event({ idempotencyKey: 'press-1' }),
      event(),
    ]);
    expect(sameId).toMatchObject({ status: 'exists', seq: 1, eventId: given.eventId });
    expect(sameKey).toMatchObject({ status: 'exists', seq: 1, eventId: given.eventId });
    expect(fresh).toMatchObject({ status: 'stored', seq: 2 });
  });

  it('still has everything after a reopen, and never reuses a seq', async () => {
    await history.append([event(), event()]);
    await history.close();
    history = await open();
    const [next] = await history.append([event()]);
    expect(next).toMatchObject({ seq: 3 });
  });
});

describe('query', () => {
  it('pages through all matches once, while new ones arrive', async () => {
    await history.append(Array.from({ length: 25 }, (_, n) => event({ payload: { n } })));
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await history.query({ type: ['HOST_ONLINE'] }, { order: 'desc', limit: 10, cursor });
      seen.push(...page.events.map((found) => found.seq));
      await history.append([event()]);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => 25 - n));
  });

  it('finds words in any indexed field, without case, as prefixes, and as phrases across punctuation', async () => {
    await history.append([
      event({ model: 'hex8_2p_v43', payload: { reason: 'Out of Memory' } }),
      event({ payload: { reason: 'fine' } }),
    ]);
    const found = async (q: string) =>
      (await history.query({ q }, { order: 'asc', limit: 10 })).events.map(({ seq }) => seq);
    expect(await found('memory')).toEqual([1]);
    expect(await found('out-of-mem')).toEqual([1]);
    expect(await found('hex8_2p_v43')).toEqual([1]);
    expect(await found('gh200-a fine')).toEqual([2]);
    expect(await found('memory fine')).toEqual([]);
  });

  it('answers hostile text', async () => {
    await history.append([event()]);
    for (const q of ['"', '(((', 'NEAR(', 'payload:x', '*', 'a AND', '\0', '💥', 'x'.repeat(100_000)])
      await expect(history.query({ q }, { order: 'asc', limit: 10 })).resolves.toBeDefined();
  });

  it('refuses a forged cursor by name', async () => {
    await expect(history.query({}, { order: 'asc', limit: 10, cursor: 'abc' })).rejects.toThrow(
      BadQueryError,
    );
  });

  it('finds the neighbours of an event by config and by node', async () => {
    await history.append([event({ config: 'a_2p' }), event({ config: 'b_2p' }), event({ config: 'a_2p' })]);
    const middle = await history.bySeq(2);
    if (!middle) throw new Error('no event 2');
    const neighbours = await history.neighbours(middle);
    expect(neighbours.prevByConfig).toBeNull();
    expect(neighbours.prevByNode?.seq).toBe(1);
    expect(neighbours.nextByNode?.seq).toBe(3);
  });
});

describe('outbox and cursors', () => {
  it('hands out what was published here, not what came from a log, and notes what became of it', async () => {
    const cursor = {
      bridge: 'events_db',
      incarnation: 'i',
      readRowId: 7,
      forwardedSeq: 0,
      forwardedRowId: 0,
      backfill: null,
    };
    await history.append([event()]);
    await history.appendFromLog([event({ outbound: false })], [], cursor);
    expect((await history.outbox(0, 10)).map(({ seq }) => seq)).toEqual([1]);
    await history.markForwarded({ ...cursor, forwardedSeq: 1, forwardedRowId: 8 }, [
      { seq: 1, queueEventId: 8 },
    ]);
    expect(await history.cursorOf('events_db')).toMatchObject({ readRowId: 7, forwardedSeq: 1 });
    expect((await history.bySeq(1))?.queueEventId).toBe(8);
    expect(await history.outboxPending(1)).toBe(0);
  });
});

describe('opening', () => {
  it('refuses a database of a newer version with one clear line and leaves it untouched', async () => {
    await history.close();
    const db = new Database(path.join(folder, 'ringside.db'));
    db.prepare("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 99999999999999)").run();
    db.close();
    const ended = vi.spyOn(ReaderPool.prototype, 'close');
    await expect(open()).rejects.toThrow(/newer version of Ringside/);
    // Those that were started beside the writer: a command that is refused would never end.
    expect(ended).toHaveBeenCalledTimes(1);
    await ended.mock.results[0]?.value;
    ended.mockRestore();
    const check = new Database(path.join(folder, 'ringside.db'));
    check.prepare("DELETE FROM __drizzle_migrations WHERE hash = 'x'").run();
    check.close();
    history = await open();
  });

  it('says what is wrong with a file that is no database', async () => {
    const file = path.join(folder, 'other.db');
    writeFileSync(file, 'this is not a database, but it is long enough to be mistaken for one'.repeat(20));
    await expect(SqliteHistory.open({ file, migrations: migrationsFolder() })).rejects.toThrow(
      /not a database/,
    );
  });
});
