import Database from 'better-sqlite3';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateDatabase, openDatabase, type Connection } from '../../../db/client';
import { ageLimits, KEEP_EVERYTHING, type RetentionPolicy } from '../../../domain/retention/policy';
import type { EventFilter } from '../../../domain/realtime/contract';
import { migrationsFolder } from '../../process/paths';
import { FacetCounter } from '../facets/counter';
import { newEvent, openTestHistory } from '../events.test-support';
import { TextIndex } from '../writer/text-index';
import { packRows } from '../writer/packed-rows';
import type { NewEvent } from '../types';
import { WriteStore } from '../writer/write-store';
import { RetentionKeeper } from './keeper';
import { previewSlice } from './preview-sql';
import { START, type RemovalPass, type RemovalPlace } from './removal-sql';
import type { SliceOutcome } from './remover';
import { fileSize } from './size';

const DAY = 86_400;
const NOW = 1_800_000_000;
const STATE = { kind: 'snapshot', name: 'state', version: '1', data: new Uint8Array(1) } as const;

const policies: fc.Arbitrary<RetentionPolicy> = fc.record({
  max_age_days: fc.option(fc.integer({ min: 1, max: 100 })),
  max_bytes: fc.constant(null),
  category_days: fc.record(
    { daemon: fc.integer({ min: 1, max: 100 }), training: fc.integer({ min: 1, max: 100 }) },
    { requiredKeys: [] },
  ),
  keep_types: fc.constantFrom([], ['MODEL_PROMOTED']),
  keep_manual: fc.boolean(),
});

const events: fc.Arbitrary<NewEvent> = fc
  .record({
    age: fc.integer({ min: 0, max: 100 * DAY }),
    category: fc.constantFrom('daemon', 'training', 'model', 'uncatalogued'),
    eventType: fc.constantFrom('MODEL_PROMOTED', 'DAEMON_STARTED', 'SOMETHING_NEW'),
    source: fc.constantFrom('ringside', 'trainer'),
    outbound: fc.boolean(),
  })
  .map(({ age, ...rest }) => newEvent({ ...rest, timestamp: NOW - age }));

/** The rule in plain words: what a policy leaves of an event that was folded and forwarded, and came in long ago. */
function goes(policy: RetentionPolicy, event: NewEvent): boolean {
  if (policy.keep_types.includes(event.eventType)) return false;
  if (policy.keep_manual && event.source === 'ringside') return false;
  const days = policy.category_days[event.category as 'daemon'] ?? policy.max_age_days;
  return days !== null && event.timestamp < NOW - days * DAY;
}

describe('removing', () => {
  let folder: string;
  let db: Connection;
  let clock = NOW;
  let store: WriteStore;
  let texts: TextIndex;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ringside-retention-'));
    db = openDatabase(path.join(folder, 'ringside.db'));
    migrateDatabase(db, migrationsFolder());
    clock = NOW - 2 * DAY;
    store = new WriteStore(db, () => clock);
    texts = new TextIndex(db, () => store.lastSeq);
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const all = <Row>(sql: string, ...params: unknown[]): Row[] => db.prepare(sql).all(...params) as Row[];
  const append = (rows: readonly NewEvent[]): void => {
    store.commit([{ kind: 'append', rows: packRows(rows) }]);
    texts.catchUp();
  };
  const folded = (seq: number): void => void store.commit([{ ...STATE, seq }]);
  const forwarded = (seq: number): void =>
    void store.commit([
      {
        kind: 'cursor',
        cursor: {
          bridge: 'b',
          incarnation: 'i',
          readRowId: 0,
          forwardedSeq: seq,
          forwardedRowId: 0,
          backfill: null,
        },
      },
    ]);
  const passes = (policy: RetentionPolicy): RemovalPass[] =>
    ageLimits(policy, NOW).map(({ categories, before }) => ({ categories, before, keep: policy }));
  function apply(policy: RetentionPolicy): number {
    clock = NOW;
    let removed = 0;
    for (const pass of passes(policy))
      for (let place: RemovalPlace | null = START; place;) {
        const [outcome] = store.commit([{ kind: 'remove', pass, after: place, most: 1e9 }]);
        removed += (outcome as SliceOutcome).removed;
        place = (outcome as SliceOutcome).next;
      }
    return removed;
  }

  it('takes exactly what the policy says, keeps its counts, and forgets its words', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 60 }), policies, (given, policy) => {
        db.exec('DELETE FROM events; DELETE FROM removed_counts');
        db.exec("INSERT INTO events_fts (events_fts) VALUES ('delete-all')");
        clock = NOW - 2 * DAY;
        append(given);
        folded(1e9);
        forwarded(1e9);
        const going = given.filter((event) => goes(policy, event));
        const counted = passes(policy).flatMap((pass) => previewSlice(db, pass, START, NOW).counts);
        expect(counted.reduce((sum, { events: n }) => sum + n, 0)).toBe(going.length);

        expect(apply(policy)).toBe(going.length);
        const left = all<{ event_id: Buffer }>('SELECT event_id FROM events ORDER BY seq');
        expect(left.map(({ event_id }) => event_id.toString('hex'))).toEqual(
          given.filter((event) => !goes(policy, event)).map(({ eventId }) => eventId.replaceAll('-', '')),
        );
        for (const unit of [60, 3_600, 86_400]) {
          const kept = all<{ n: number }>('SELECT sum(events) AS n FROM removed_counts WHERE unit = ?', unit);
          expect(kept[0]?.n ?? 0).toBe(going.length);
        }
        const found = all<{ rowid: number }>(
          "SELECT rowid FROM events_fts WHERE events_fts MATCH 'test OR trainer OR ringside'",
        );
        expect(found).toHaveLength(given.length - going.length);
      }),
      { numRuns: 60 },
    );
  });

  it('counts by the minute, hour and day in which it happened', () => {
    append([0, 59, 60, 3_600].map((offset) => newEvent({ timestamp: 1_700_006_400 + offset })));
    folded(10);
    forwarded(10);
    apply({ ...KEEP_EVERYTHING, max_age_days: 1 });
    expect(
      all('SELECT bucket - 1700006400 AS b, events AS n FROM removed_counts WHERE unit = 60 ORDER BY bucket'),
    ).toEqual([
      { b: 0, n: 2 },
      { b: 60, n: 1 },
      { b: 3_600, n: 1 },
    ]);
    expect(all('SELECT events AS n FROM removed_counts WHERE unit = 3600 ORDER BY bucket')).toEqual([
      { n: 3 },
      { n: 1 },
    ]);
  });

  it('leaves bars of what is gone, to questions that its counts can answer', () => {
    const day = (n: number) => 1_700_006_400 + n * DAY;
    append(
      [0, 0, 1, 5].map((n) => newEvent({ timestamp: day(n) + 60, category: n === 1 ? 'daemon' : 'model' })),
    );
    folded(10);
    forwarded(10);
    apply({ ...KEEP_EVERYTHING, max_age_days: 1 });
    clock = NOW;
    append([newEvent({ timestamp: day(6), category: 'model' })]);
    const counter = new FacetCounter(db);
    const barsOf = (filter: EventFilter) => {
      const { total, removed, histogram } = counter.count(filter, { buckets: 10 }, () => false);
      return { total, removed, from: histogram?.from, series: histogram?.series };
    };
    expect(barsOf({})).toEqual({
      total: 1,
      removed: 4,
      from: day(0),
      series: [
        ['daemon', [0, 1, 0, 0, 0, 0, 0]],
        ['model', [2, 0, 0, 0, 0, 1, 1]],
      ],
    });
    expect(barsOf({ category: ['daemon'], since: day(1) })).toMatchObject({ total: 0, removed: 1 });
    expect(barsOf({ node: ['gh200-a'] })).toMatchObject({ total: 1, removed: 0, from: day(6) });
  });

  it('counts what is gone between two times alike, however wide the bars are', () => {
    const begin = 1_700_006_400;
    const times = Array.from({ length: 96 }, (_, n) => begin + n * 1_800 + 90);
    append(times.map((timestamp) => newEvent({ timestamp })));
    folded(200);
    forwarded(200);
    apply({ ...KEEP_EVERYTHING, max_age_days: 1 });
    clock = NOW;
    append([newEvent({ timestamp: begin + 3 * DAY })]);
    const counter = new FacetCounter(db);
    const stretches = [
      [begin + 18.5 * 3_600, begin + DAY + 7_200],
      [begin + 100, begin + 2 * DAY - 100],
      [begin + 7_000, undefined],
      [undefined, begin + DAY + 50_000],
      [begin + 3_600, begin + 3_660],
      [begin + 91, begin + 1_800],
    ] as const;
    for (const [since, until] of stretches) {
      const filter = { ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
      const begun = times.map((time) => Math.floor(time / 60) * 60);
      const inside = begun.filter((time) => time >= (since ?? 0) && time <= (until ?? Infinity));
      for (const buckets of [1, 2, 7, 500]) {
        const { removed, total, histogram } = counter.count(filter, { buckets }, () => false);
        const drawn = histogram?.series.flatMap(([, counts]) => counts) ?? [];
        expect([removed, drawn.reduce((sum, n) => sum + n, 0)]).toEqual([
          inside.length,
          inside.length + total,
        ]);
      }
    }
  });

  it('leaves what is not folded yet, not forwarded yet, or came in today', () => {
    const old = { timestamp: NOW - 50 * DAY };
    append([newEvent(old), newEvent({ ...old, outbound: false }), newEvent({ ...old, outbound: false })]);
    clock = NOW;
    append([newEvent(old)]);
    const policy = { ...KEEP_EVERYTHING, max_age_days: 1 };
    expect(apply(policy)).toBe(0);
    folded(2);
    expect(apply(policy)).toBe(1);
    folded(4);
    expect(apply(policy)).toBe(1);
    forwarded(4);
    expect(apply(policy)).toBe(1);
    expect(all('SELECT seq FROM events')).toEqual([{ seq: 4 }]);
  });

  it('gives the room back to the file system', () => {
    const text = 'x'.repeat(2_000);
    append(
      Array.from({ length: 3_000 }, (_, n) => newEvent({ timestamp: NOW - 50 * DAY, payload: { text, n } })),
    );
    folded(3_000);
    forwarded(3_000);
    const before = fileSize(db);
    expect(before.givesBack).toBe(true);
    expect(apply({ ...KEEP_EVERYTHING, max_age_days: 1 })).toBe(3_000);
    for (let round = 0; round < 20; round++) store.commit([{ kind: 'tidy' }]);
    const after = fileSize(db);
    expect(after.freeBytes).toBe(0);
    expect(after.usedBytes).toBeLessThan(before.usedBytes / 5);
  });
});

describe('the keeper', () => {
  const silent = pino({ level: 'silent' });

  it('applies what is set, by age and by size, and keeps it over a restart', async () => {
    const test = await openTestHistory();
    try {
      const now = Date.now() / 1000;
      const rows = Array.from({ length: 300 }, (_, n) =>
        newEvent({
          timestamp: now - (299.5 - n) * DAY,
          outbound: false,
          payload: { text: 'x'.repeat(1_000), n },
          category: n % 2 === 0 ? 'daemon' : 'training',
          eventType: n === 1 ? 'MODEL_PROMOTED' : 'DAEMON_STARTED',
        }),
      );
      await test.history.append(rows);
      await test.history.saveSnapshot('state', '1', 300, new Uint8Array(1));
      const outside = new Database(test.file);
      outside.exec(`UPDATE events SET received_at = received_at - ${2 * DAY}`);
      outside.close();

      const keeper = new RetentionKeeper(test.history.retention, silent);
      await keeper.start();
      expect(keeper.status()).toEqual({ policy: KEEP_EVERYTHING, changed: null, run: null });
      const policy = { ...KEEP_EVERYTHING, category_days: { daemon: 100 } };
      expect(await keeper.preview(policy)).toMatchObject({
        events: 100,
        byCategory: [{ category: 'daemon', events: 100 }],
        forSize: 0,
      });
      await keeper.set(policy, 'ada');
      await keeper.settled();
      expect(keeper.status().run).toMatchObject({ removed: 100, trouble: null });
      await keeper.stop();

      const history = await test.reopen();
      const again = new RetentionKeeper(history.retention, silent);
      await again.start();
      expect(again.status()).toMatchObject({ policy, changed: { by: 'ada' } });
      await again.settled();
      const { usedBytes, events: left } = await history.retention.size();
      expect(left).toBe(200);
      // Below the least that the schema allows an operator, so that the test need not write 50 MB.
      await again.set({ ...policy, max_bytes: Math.round(usedBytes * 0.75) }, 'ada');
      await again.settled();
      const size = await history.retention.size();
      expect(size.events).toBeLessThanOrEqual(151);
      expect(size.events).toBeGreaterThan(100);
      const { events: kept } = await history.query({ type: ['MODEL_PROMOTED'] }, { order: 'asc', limit: 5 });
      expect(kept).toHaveLength(1);
      await again.stop();
    } finally {
      await test.close();
    }
  });

  it('removes nothing when the stored policy cannot be read, and says so', async () => {
    const test = await openTestHistory();
    try {
      await test.history.retention.saveSetting('retention', '{"max_age_days":"soon"}', 'a newer version');
      const warned: string[] = [];
      const log = pino({ level: 'warn' }, { write: (line: string) => void warned.push(line) });
      const keeper = new RetentionKeeper(test.history.retention, log);
      await keeper.start();
      expect(keeper.status()).toMatchObject({ policy: KEEP_EVERYTHING, run: null });
      expect(warned.join()).toContain('cannot be read');
      await keeper.stop();
    } finally {
      await test.close();
    }
  });
});
