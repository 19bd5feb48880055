import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../db/client';
import type { StoredEvent } from '../../../domain/events/envelope';
import { anyQuery } from '../../../domain/query/arbitraries.test-support';
import { matcher, parseQuery } from '../../../domain/query';
import type { EventFilter } from '../../../domain/realtime/contract';
import { anyEvent, anyFilter } from '../arbitraries.test-support';
import { newEvent, openTestHistory, plainlyMatches, type TestHistory } from '../events.test-support';
import type { Summary } from '../query-types';
import { binsBetween } from './tallies/bins';
import { DIMENSIONS } from '../blocks/block';
import { BlockStore } from '../blocks/block-store';
import { ColumnCache } from '../blocks/column-cache';
import { FacetCounter } from './counter';
import { spread } from './steps/spread';
import { TOP } from './summary';

const NOW = 1_766_700_004;
/** Two full blocks and the beginning of a third. */
const EVENTS = 9_000;
let test: TestHistory;
const all: StoredEvent[] = [];

beforeAll(async () => {
  test = await openTestHistory();
  const some = fc.sample(anyEvent, { numRuns: 1_500, seed: 5 });
  await test.history.append(
    Array.from({ length: EVENTS }, (_, n) => {
      const { payload, ...event } = some[n % some.length] ?? newEvent();
      const model = n % 3 === 0 ? `m_${n}` : event.model;
      return newEvent({ ...event, payload, eventId: newEvent().eventId, model });
    }),
  );
  for (;;) {
    const page = await test.history.eventsAfter(all.at(-1)?.seq ?? 0, 5_000);
    if (page.length === 0) break;
    all.push(...page);
  }
});
afterAll(() => test.close());

const VALUE = {
  category: 'category',
  type: 'eventType',
  source: 'source',
  node: 'node',
  config: 'config',
  model: 'model',
  severity: 'severity',
  origin: 'origin',
} as const;

function count<Key>(keys: readonly (Key | null)[]): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Facets and bars the plainest way. */
function expectCounts({ facets, histogram, total }: Summary, wanted: readonly StoredEvent[]): void {
  expect(total).toBe(wanted.length);
  for (const dimension of DIMENSIONS) {
    const counts = count<string>(wanted.map((event) => event[VALUE[dimension]]));
    const { values, others } = facets[dimension];
    expect(values.length + others).toBe(counts.size);
    expect(values.length).toBe(Math.min(TOP, counts.size));
    for (const [name, found] of values) expect([name, found]).toEqual([name, counts.get(name)]);
    const least = values.at(-1)?.[1] ?? 0;
    expect([...counts.values()].filter((each) => each > least).length).toBeLessThanOrEqual(TOP);
  }
  if (histogram === null) return;
  const { from, width, count: bars } = histogram;
  const drawn = histogram.series.flatMap(([category, counts]) =>
    counts.flatMap((each, bar) => (each > 0 ? [[`${category} ${bar}`, each] as const] : [])),
  );
  const bin = (at: number) => Math.floor((at - from) / width);
  const inside = wanted.filter(({ timestamp }) => bin(timestamp) >= 0 && bin(timestamp) < bars);
  expect(inside.length).toBe(wanted.length);
  const plain = count(wanted.map(({ category, timestamp }) => `${category} ${bin(timestamp)}`));
  expect(new Map(drawn)).toEqual(plain);
}

const PATIENT = { buckets: 60, ms: 60_000 };

describe('facets and histogram', () => {
  it('count what a plain count over all events counts', async () => {
    let several = 0;
    await fc.assert(
      fc.asyncProperty(anyQuery, anyFilter, fc.nat(2), async (node, { q: _q, ...more }, mix) => {
        const filter: EventFilter = mix === 0 ? more : {};
        const asked =
          mix === 2 && Object.keys(more).length > 0 ? more : { ...filter, asked: { node, now: NOW } };
        const matches = asked === more ? () => true : matcher(node);
        const wanted = all.filter((event) => matches(event, NOW) && plainlyMatches(asked, event));
        if (wanted.length > 0 && wanted.length < all.length) several += 1;
        const summary = await test.history.summary(asked, PATIENT);
        expect([summary.exact, summary.sampled]).toEqual([true, null]);
        expectCounts(summary, wanted);
      }),
      { numRuns: 60 },
    );
    expect(several).toBeGreaterThan(5);
  }, 60_000);

  it('are the same from the events where blocks are missing, and with gaps in seq', async () => {
    const other = await openTestHistory();
    await other.history.append(
      Array.from({ length: 5_000 }, (_, n) => newEvent({ node: `n${n % 7}`, timestamp: 1_766_700_000 + n })),
    );
    const db = openDatabase(other.file);
    const stored = db.prepare<[], { block: number; events: number }>(
      'SELECT block, events FROM event_blocks',
    );
    expect(stored.all()).toEqual([{ block: 0, events: 4_096 }]);
    const before = await other.history.summary({ node: ['n3'] }, PATIENT);
    db.exec('DELETE FROM event_blocks');
    expect(await other.history.summary({ node: ['n3'] }, PATIENT)).toEqual(before);
    db.exec('DELETE FROM events WHERE seq % 5 = 0');
    db.close();
    const reopened = await other.reopen();
    await expect.poll(() => blocksOf(other.file)).toEqual([{ block: 0, events: 4_096 - 819 }]);
    const { total, facets, exact } = await reopened.summary({}, PATIENT);
    expect([total, exact]).toEqual([4_000, true]);
    expect(facets.node.values.reduce((sum, [, n]) => sum + n, 0)).toBe(4_000);
    await other.close();
  });

  it('without time are estimated from what was seen, and say so', async () => {
    const parsed = parseQuery('-"of memory"');
    if (!parsed.ok) throw new Error(parsed.mistakes[0].message);
    const filter = { asked: { node: parsed.node, now: NOW } };
    const whole = await test.history.summary(filter, PATIENT);
    const quick = await test.history.summary(filter, { buckets: 60, ms: 0, fewMs: 0 });
    expect(quick.exact).toBe(false);
    expect(quick.sampled?.events).toBeLessThan(quick.sampled?.of ?? 0);
    expect(quick.total).toBeGreaterThan(whole.total / 2);
    expect(quick.total).toBeLessThan(whole.total * 2);
  });

  it('find a phrase in fields and payloads, and not in the names of categories', async () => {
    const other = await openTestHistory();
    await other.history.append([
      newEvent({ node: 'cluster-health', payload: {} }),
      newEvent({ payload: { reason: 'the Cluster: healthy' } }),
      newEvent({ payload: { reason: 'health of the cluster' } }),
      newEvent({ model: 'health', config: 'cluster', payload: {} }),
    ]);
    const found = async (text: string): Promise<number> => {
      const parsed = parseQuery(text);
      if (!parsed.ok) throw new Error(parsed.mistakes[0].message);
      return (await other.history.summary({ asked: { node: parsed.node, now: NOW } }, PATIENT)).total;
    };
    expect([
      await found('cluster_health'),
      await found('"cluster health"'),
      await found('-cluster_health'),
    ]).toEqual([2, 1, 2]);
    await other.close();
  });

  it('find the columns of blocks in memory, once they were read beforehand', () => {
    const db = openDatabase(test.file, { readonly: true });
    const blocks = new BlockStore(db, new ColumnCache(1024 * 1024));
    blocks.catalog.follow();
    expect([0, 1, 2].map((block) => blocks.hasColumns(block))).toEqual([false, false, false]);
    for (let block = 0; block < 3; block++) blocks.keepColumns(block);
    expect([0, 1, 2].map((block) => blocks.hasColumns(block))).toEqual([true, true, false]);
    const counter = new FacetCounter(db);
    counter.prepare();
    // Both blocks in one step, then columns of payload values, which may be stored by now.
    expect([...counter.warm()].length).toBeGreaterThan(0);
    expect(counter.count({}, PATIENT, () => false).total).toBe(EVENTS);
    db.close();
  });

  it('stop at the next block, and at the next events, once nobody waits for them', () => {
    const db = openDatabase(test.file, { readonly: true });
    const counter = new FacetCounter(db);
    const blocks = counter.count({}, PATIENT, () => true);
    expect([blocks.exact, (blocks.sampled?.events ?? EVENTS) < EVENTS]).toEqual([false, true]);
    const parsed = parseQuery('payload.n>=0 OR payload.n<0');
    if (!parsed.ok) throw new Error(parsed.mistakes[0].message);
    let asked = 0;
    const events = counter.count({ asked: { node: parsed.node, now: NOW } }, PATIENT, () => ++asked > 8);
    expect([events.exact, (events.sampled?.events ?? EVENTS) < EVENTS / 4]).toEqual([false, true]);
    db.close();
  });

  it('are not waited for once the caller has left', async () => {
    const caller = new AbortController();
    const answer = test.history.summary({}, PATIENT, caller.signal);
    caller.abort();
    await expect(answer).rejects.toMatchObject({ name: 'CancelledError' });
  });
});

function blocksOf(file: string): unknown[] {
  const db = openDatabase(file, { readonly: true });
  const rows = db.prepare('SELECT block, events FROM event_blocks').all();
  db.close();
  return rows;
}

describe('bars and samples', () => {
  it('bars are round, hold both ends and are not too many', () => {
    const time = fc.double({ min: 0, max: 1e10, noNaN: true });
    fc.assert(
      fc.property(time, time, fc.integer({ min: 2, max: 200 }), (a, b, most) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const bins = binsBetween(from, to, most);
        if (!bins) throw new Error('no bars');
        expect(bins.count).toBeLessThanOrEqual(most);
        expect(bins.from).toBeLessThanOrEqual(from);
        expect(bins.from + bins.width).toBeGreaterThan(from);
        expect(bins.from + bins.width * bins.count).toBeGreaterThan(to);
        expect(bins.from % bins.width).toBe(0);
      }),
    );
    expect(binsBetween(2, 1, 10)).toBeNull();
  });

  it('every beginning of the order lies evenly over the whole, and all are visited once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), (count) => {
        const order = [...spread(count)];
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, place) => place));
        const begun = order.slice(0, Math.ceil(count / 4));
        const lower = begun.filter((place) => place < count / 2).length;
        expect(Math.abs(lower - begun.length / 2)).toBeLessThanOrEqual(2 + begun.length * 0.02);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a count that takes as long as it needs', () => {
  it('is exact where the quick one estimates, and what is asked next is counted from it', async () => {
    const long = await openTestHistory();
    // More than the blocks that are always read.
    const LONG = 33 * 4_096 + 100;
    const event = (n: number) =>
      newEvent({ node: `n${n % 7}`, payload: { n }, timestamp: 1_766_700_000 + n });
    for (let from = 0; from < LONG; from += 20_000)
      await long.history.append(
        Array.from({ length: Math.min(20_000, LONG - from) }, (_, n) => event(from + n)),
      );
    const parsed = parseQuery('payload.n<3000 OR payload.n>=135200');
    if (!parsed.ok) throw new Error(parsed.mistakes[0].message);
    const filter = { asked: { node: parsed.node, now: NOW } };
    const hurried = { buckets: 60, ms: 1, fewMs: 0 };
    const wanted = 3_000 + LONG - 135_200;
    const before = await long.history.summary(filter, hurried);
    expect([before.exact, before.countable]).toEqual([false, true]);
    const insisting = await long.history.summary(filter, { buckets: 60, ms: 1, fewMs: 60_000 });
    expect([insisting.total, insisting.exact, insisting.countable]).toEqual([wanted, true, false]);
    const counted = await long.history.exactSummary(filter, { buckets: 60 });
    expect([counted.total, counted.exact, counted.countable]).toEqual([wanted, true, false]);
    await long.history.append([event(LONG), event(1)]);
    const after = await long.history.summary(filter, hurried);
    expect([after.total, after.exact]).toEqual([wanted + 2, true]);
    const plainly = Array.from({ length: 7 }, (_, k) => `n${k}`).map((node) => [
      node,
      [...Array(LONG + 1).keys(), 1].filter((n) => (n < 3_000 || n >= 135_200) && `n${n % 7}` === node)
        .length,
    ]);
    expect(new Map(after.facets.node.values)).toEqual(new Map(plainly as [string, number][]));
    const drawn = after.histogram?.series.flatMap(([, counts]) => counts) ?? [];
    expect(drawn.reduce((sum, n) => sum + n, 0)).toBe(wanted + 2);
    // What was removed since is not counted from memory.
    const db = openDatabase(long.file);
    db.exec(
      'DELETE FROM events WHERE seq <= 10; UPDATE event_blocks SET events = events - 10 WHERE block = 0; ' +
        "INSERT INTO removed_counts VALUES (86400, 0, 'X', 'x', 10)",
    );
    db.close();
    const fewer = await long.history.summary(filter, hurried);
    expect(fewer.exact).toBe(false);
    expect((await long.history.exactSummary(filter, { buckets: 60 })).total).toBe(wanted + 2 - 10);
    await long.close();
  }, 60_000);

  it('lets others be answered meanwhile, and ends when its caller leaves', async () => {
    const long = await openTestHistory();
    // Texts that no column holds: each is read.
    const note = 'amber '.repeat(40);
    await long.history.append(Array.from({ length: 20_000 }, () => newEvent({ payload: { note } })));
    const parsed = parseQuery('payload.note!=x');
    if (!parsed.ok) throw new Error(parsed.mistakes[0].message);
    const caller = new AbortController();
    const slow = long.history.exactSummary(
      { asked: { node: parsed.node, now: NOW } },
      PATIENT,
      caller.signal,
    );
    const other = await long.history.summary({}, { buckets: 0 });
    expect(other.total).toBe(20_000);
    caller.abort();
    await expect(slow).rejects.toMatchObject({ name: 'CancelledError' });
    await long.close();
  });
});
