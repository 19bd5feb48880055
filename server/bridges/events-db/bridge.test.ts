import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeHistory } from './bridge.test-support';
import { BridgePlace, insertRow, until } from './bridge.test-support';
import type { BridgeEntity } from '../../../domain/realtime/entities';

let place: BridgePlace;
let history: FakeHistory;

beforeEach(() => {
  place = new BridgePlace();
  ({ history } = place);
});
afterEach(() => place.clear());

const started: BridgePlace['started'] = (options) => place.started(options);
const live: BridgePlace['live'] = (options) => place.live(options);
const log = (): Database => place.log();
const types = (): string[] => history.rows.map((row) => row.eventType);

describe('reading', () => {
  it('takes rows in order, each once, with all their columns', async () => {
    await live();
    const db = log();
    insertRow(db, {
      type: 'new_games',
      payload: '{"count": 3}',
      source: 'sync',
      hostname: 'gpu-1',
      at: 1700000000.25,
    });
    insertRow(db, { type: 'ELO_UPDATED' });
    await until(() => history.rows.length === 2, 'both rows arrived');
    expect(types()).toEqual(['new_games', 'ELO_UPDATED']);
    expect(history.rows[0]).toMatchObject({
      rowId: 1,
      payload: { count: 3 },
      source: 'sync',
      hostname: 'gpu-1',
      timestamp: 1700000000.25,
    });
  });

  it('goes on after a restart where it stopped, rows of the meantime included', async () => {
    const db = log();
    insertRow(db, { type: 'A' });
    const first = await live();
    await until(() => history.rows.length === 1, 'the first row arrived');
    await first.stop();
    insertRow(db, { type: 'B' });
    await live();
    insertRow(db, { type: 'C' });
    await until(() => history.rows.length === 3, 'all rows arrived');
    expect(types()).toEqual(['A', 'B', 'C']);
    expect(history.cursor?.readRowId).toBe(3);
  });

  it('keeps bad rows as dead letters, and the rows after them flow', async () => {
    const db = log();
    const bridge = await live();
    history.refuses.add('\0');
    insertRow(db, { payload: '{"loss": NaN}' });
    insertRow(db, { payload: Buffer.from([1, 2]) });
    insertRow(db, { type: '\0' });
    insertRow(db, { type: 'AFTER' });
    await until(() => history.rows.length === 1, 'the good row arrived');
    await until(() => bridge.status().rows_read === 4, 'its batch is counted');
    expect(bridge.status().dead_letters).toBe(3);
    expect(history.deadLetters.map((letter) => letter.reason)).toEqual([
      'Row 1 of events.db: the payload holds NaN, which is not JSON.',
      'Row 2 of events.db: the payload is a BLOB.',
    ]);
    expect(history.deadLetters[0]).toMatchObject({ kind: 'row', content: '{"loss": NaN}', reference: '1' });
  });

  it('holds no more than two batches while history is slow', async () => {
    const db = log();
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let entered = 0;
    history.beforeIngest = () => {
      entered += 1;
      return gate;
    };
    db.transaction(() => {
      for (let n = 0; n < 50; n += 1) insertRow(db, { type: `T${n}` });
    })();
    await started({ tuning: { batchRows: 10 } });
    await until(() => entered === 1, 'history was asked');
    expect(history.rows).toHaveLength(0);
    release();
    await until(() => history.rows.length === 50, 'all rows arrived');
    expect(history.commits).toBe(5);
    expect(types()).toEqual(Array.from({ length: 50 }, (_, n) => `T${n}`));
  });

  it('waits for history and loses nothing when it fails for a while', async () => {
    const bridge = await live();
    history.failure = new Error('the disk is full');
    insertRow(log(), { type: 'A' });
    await until(() => bridge.status().state === 'error', 'the trouble shows');
    expect(bridge.status().detail).toContain('the disk is full');
    history.failure = null;
    await until(() => bridge.status().state === 'live', 'the bridge recovered');
    expect(types()).toEqual(['A']);
  });
});

describe('a long backlog', () => {
  const BACKLOG = 5000;

  function fill(db: Database): void {
    db.transaction(() => {
      for (let n = 1; n <= BACKLOG; n += 1)
        insertRow(db, { type: 'OLD', payload: `{"n": ${n}}`, at: 1700000000 + n });
    })();
  }

  it('is imported once, with progress, while live rows already arrive', async () => {
    const db = log();
    fill(db);
    const seen: BridgeEntity[] = [];
    let liveAfter = -1;
    history.beforeIngest = async () => {
      if (history.commits === 1) insertRow(db, { type: 'LIVE' });
      const at = types().indexOf('LIVE');
      if (at >= 0 && liveAfter < 0) liveAfter = at;
      return Promise.resolve();
    };
    await started({
      tuning: { backfillAbove: 1000, backfillRows: 100 },
      onStatus: (entity) => void seen.push(entity),
    });
    await until(() => history.rows.length === BACKLOG + 1, 'everything arrived');
    expect(liveAfter).toBeGreaterThan(0);
    expect(liveAfter).toBeLessThan(BACKLOG / 2);
    const old = history.rows.filter((row) => row.eventType === 'OLD');
    expect(old.map((row) => row.rowId)).toEqual(Array.from({ length: BACKLOG }, (_, n) => n + 1));
    expect(seen.some(({ state, progress }) => state === 'importing' && progress?.total === BACKLOG)).toBe(
      true,
    );
    await until(() => seen.at(-1)?.state === 'live', 'the import ended');
    expect(history.cursor).toMatchObject({ readRowId: BACKLOG + 1, backfill: null });
  });

  it('that is read in order is told with its progress, too', async () => {
    fill(log());
    const seen: BridgeEntity[] = [];
    const bridge = await started({
      tuning: { batchRows: 100, catchUpAbove: 1000 },
      onStatus: (entity) => void seen.push(entity),
    });
    await until(() => history.rows.length === BACKLOG && bridge.status().state === 'live', 'all arrived');
    const told = seen.find(({ state }) => state === 'importing');
    expect(told?.progress).toEqual({ done: 0, total: BACKLOG });
    expect(bridge.status().progress).toBeNull();
    insertRow(log(), { type: 'LIVE' });
    await until(() => types().at(-1) === 'LIVE', 'it goes on');
    // Never live before all of it was read, nor importing what is live.
    const again = seen.filter(({ state }, n) => state === 'importing' && seen[n - 1]?.state === 'live');
    expect(again).toEqual([]);
  });

  it('survives a kill in the middle without loss, and reads on where it was', async () => {
    const db = log();
    fill(db);
    const stop = new Error('killed');
    history.beforeIngest = () => (history.commits === 5 ? Promise.reject(stop) : Promise.resolve());
    const first = await started({ tuning: { backfillAbove: 1000, backfillRows: 100 } });
    await until(() => first.status().state === 'error', 'the kill');
    await first.stop();
    expect(history.rows).toHaveLength(500);
    expect(history.cursor?.backfill).toEqual({ next: 501, end: BACKLOG });
    insertRow(db, { type: 'LIVE' });
    history.beforeIngest = () => Promise.resolve();
    const second = await started({ tuning: { backfillAbove: 1000, backfillRows: 100 } });
    await until(() => history.rows.length === BACKLOG + 1, 'everything arrived');
    expect(second.status().rows_read).toBe(BACKLOG - 500 + 1);
  });
});

describe('forwarding', () => {
  it('writes what was published here for RingRift, and never takes it back in', async () => {
    const bridge = await live();
    history.publish('MODEL_PROMOTED', { model_id: 'm1', text: 'é\u2028' });
    history.publish('NEW_GAMES_AVAILABLE', { count: 2 });
    bridge.notify();
    await until(() => history.cursor?.forwardedSeq === 2, 'both were forwarded');
    const db = log();
    insertRow(db, { type: 'THEIRS' });
    await until(() => history.rows.length === 1, 'the foreign row arrived');
    expect(types()).toEqual(['THEIRS']);
    expect(
      db.prepare('SELECT event_type, payload, source, hostname FROM events WHERE event_id < 3').all(),
    ).toEqual([
      {
        event_type: 'MODEL_PROMOTED',
        payload: '{"model_id":"m1","text":"é\u2028"}',
        source: 'operator',
        hostname: 'control',
      },
      { event_type: 'NEW_GAMES_AVAILABLE', payload: '{"count":2}', source: 'operator', hostname: 'control' },
    ]);
    expect(history.published.map((event) => event.queueEventId)).toEqual([1, 2]);
  });

  it('adopts rows of a run that was killed before it noted them, also between identical events', async () => {
    history.publish('A', { same: true }, 1_700_000_000.123456);
    history.publish('A', { same: true }, 1_700_000_000.123456);
    history.publish('B', {});
    let attempts = 0;
    history.beforeMark = () => {
      attempts += 1;
      return Promise.reject(new Error('killed'));
    };
    const first = await started();
    await until(() => attempts > 0, 'the rows are in the file but not noted');
    await first.stop();
    expect(history.cursor?.forwardedSeq ?? 0).toBe(0);
    history.beforeMark = () => Promise.resolve();
    history.publish('C', {});
    const second = await live();
    await until(() => history.cursor?.forwardedSeq === 4, 'all were forwarded');
    const db = log();
    insertRow(db, { type: 'THEIRS' });
    await until(() => history.rows.length > 0, 'the foreign row arrived');
    expect(types()).toEqual(['THEIRS']);
    expect(db.prepare('SELECT event_type FROM events ORDER BY event_id').pluck().all()).toEqual([
      'A',
      'A',
      'B',
      'C',
      'THEIRS',
    ]);
    expect(history.published.map((event) => event.queueEventId)).toEqual([1, 2, 3, 4]);
    expect(second.status().rows_forwarded).toBe(4);
  });

  it('knows its own rows after a restart when reading had not passed them', async () => {
    const db = log();
    insertRow(db, { type: 'BEFORE' });
    const first = await live();
    await until(() => history.rows.length === 1, 'the first row arrived');
    const readTo = history.cursor!;
    for (let n = 0; n < 20; n += 1) history.publish('MINE', { n });
    first.notify();
    await until(() => history.cursor?.forwardedSeq === 20, 'all were forwarded');
    await first.stop();
    history.cursor = { ...history.cursor!, readRowId: readTo.readRowId, incarnation: readTo.incarnation };
    insertRow(db, { type: 'AFTER' });
    await live();
    await until(() => history.rows.length === 2, 'the row after them arrived');
    expect(types()).toEqual(['BEFORE', 'AFTER']);
  });

  it('forwards in order and exactly once while others write', async () => {
    const bridge = await live();
    const db = log();
    for (let n = 0; n < 300; n += 1) {
      history.publish('MINE', { n });
      bridge.notify();
      insertRow(db, { type: 'THEIRS', payload: `{"n": ${n}}` });
      if (n % 50 === 0) await until(() => history.rows.length > n / 2, 'rows arrive');
    }
    await until(
      () => history.cursor?.forwardedSeq === 300 && history.rows.length === 300,
      'all is exchanged',
    );
    const mine = db
      .prepare("SELECT payload FROM events WHERE event_type = 'MINE' ORDER BY event_id")
      .pluck()
      .all();
    expect(mine).toEqual(Array.from({ length: 300 }, (_, n) => `{"n":${n}}`));
    expect(history.rows.map((row) => row.payload.n)).toEqual(Array.from({ length: 300 }, (_, n) => n));
  });
});

describe('subscription', () => {
  it('registers as stable subscriber and acks what history committed', async () => {
    const db = log();
    await live({ tuning: { ackMs: 20 } });
    insertRow(db, { type: 'A' });
    insertRow(db, { type: 'LONG_AGO', at: 1_700_000_000 });
    const acks = db.prepare<[], number>('SELECT event_id FROM acks ORDER BY event_id').pluck();
    await until(() => acks.all().length > 0, 'the row was acked');
    expect(acks.all()).toEqual([1]);
    expect(db.prepare('SELECT subscriber_id, process_name FROM subscribers').all()).toEqual([
      { subscriber_id: 'control:stable:ringside', process_name: 'ringside' },
    ]);
  });

  it('registers again when a clean-up removed it', async () => {
    const db = log();
    await live({ tuning: { heartbeatMs: 20 } });
    db.exec('DELETE FROM subscribers');
    const count = db.prepare<[], number>('SELECT count(*) FROM subscribers').pluck();
    await until(() => count.get() === 1, 'it registered again');
  });
});
