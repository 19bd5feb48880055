import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateDatabase, openDatabase, type Connection } from '../../../db/client';
import type { StoredEvent } from '../../../domain/events/envelope';
import type { Json, JsonObject } from '../../../domain/json';
import { anyQuery } from '../../../domain/query/arbitraries.test-support';
import { matcher, type QueryNode } from '../../../domain/query';
import { migrationsFolder } from '../../process/paths';
import { anyEvent } from '../arbitraries.test-support';
import { newEvent, openTestHistory, type TestHistory } from '../events.test-support';
import { slotsOf } from '../blocks/bits';
import { seqAt, SLOTS } from '../blocks/block';
import { hasSlot, listedLeaf } from '../matching/masks';
import { STRIPE } from './stripe';
import { anyComparison, anyPayload, asEvent, LONG, place } from './arbitraries.test-support';
import { StripeBuilder } from './stripe-builder';
import { ValueFinder } from './value-finder';
import type { PayloadNode } from './value-test';
import { ValueWriter } from './value-writer';

let folder: string;
let db: Connection;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringside-values-'));
  db = openDatabase(path.join(folder, 'ringside.db'));
  migrateDatabase(db, migrationsFolder());
});
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

let stripes = 0;
function stored(fill: (builder: StripeBuilder) => void): number {
  const stripe = stripes++;
  const builder = new StripeBuilder(stripe);
  fill(builder);
  new ValueWriter(db).add(builder.finish());
  return stripe;
}

/** How many slots are left open; fails where one is decided as the matcher would not. */
function openSlots(stripe: number, node: PayloadNode, payloads: ReadonlyMap<number, JsonObject>): number {
  const leaf = new ValueFinder(db).leaf(node);
  const test = matcher(node);
  let open = 0;
  for (const [slot, payload] of payloads) {
    const bounds = leaf.bounds(stripe * 4 + Math.floor(slot / SLOTS));
    const [must, may] = [hasSlot(bounds.must, slot % SLOTS), hasSlot(bounds.may, slot % SLOTS)];
    if (must !== may) open += 1;
    else if (may !== test(asEvent(payload), 0)) expect([slot, payload, may]).toEqual([slot, payload, !may]);
  }
  return open;
}

describe('columns of payload values', () => {
  it('decide comparisons as the matcher does, or leave them open', () => {
    let decided = 0;
    const slots = fc.uniqueArray(fc.nat(STRIPE - 1), { minLength: 1, maxLength: 40 });
    const some = fc.array(anyPayload, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        slots,
        some,
        fc.array(anyComparison, { minLength: 12, maxLength: 12 }),
        (at, payloads, nodes) => {
          const events = new Map(
            at.sort((a, b) => a - b).map((slot, n) => [slot, payloads[n % payloads.length] ?? {}]),
          );
          const stripe = stored((builder) => events.forEach((payload, slot) => builder.add(slot, payload)));
          for (const node of nodes) decided += events.size - openSlots(stripe, node, events);
        },
      ),
      { numRuns: 60 },
    );
    expect(decided).toBeGreaterThan(2_000);
  });

  it('are whole where each event has the field, one in ten, and one', () => {
    for (const every of [1, 10, STRIPE]) {
      const values = [(n: number) => n, (n: number) => n / 7, (n: number) => `w${n}`, (n: number) => n % 300];
      const payloads = new Map<number, JsonObject>();
      for (let slot = 0; slot < STRIPE; slot += every)
        payloads.set(slot, Object.fromEntries(values.map((value, n) => [`v${n}`, value(slot)])));
      const stripe = stored((builder) => payloads.forEach((payload, slot) => builder.add(slot, payload)));
      const compare = (key: string, operator: PayloadNode['operator'], value: Json): number =>
        openSlots(stripe, { kind: 'payload', path: [key], operator, values: [value], ...place }, payloads);
      expect(compare('v0', '>=', STRIPE / 2)).toBe(0);
      expect(compare('v1', '<', 1_000 / 7)).toBe(0);
      expect(compare('v3', '=', 10)).toBe(0);
      expect(compare('v3', '!=', 10)).toBe(0);
      expect(compare('v9', '!=', 10)).toBe(0);
      // So many different texts are not kept: they are read where one is asked for.
      expect(compare('v2', '=', 'w0')).toBe(every === 1 ? payloads.size : 0);
      expect(compare('v2', '=', 7)).toBe(0);
    }
  });

  it('leave open what they do not know to what else is known of it, and all of a stripe that was forgotten', () => {
    const stripe = stored((builder) => {
      for (let slot = 0; slot < 20; slot++) builder.add(slot, { t: slot < 10 ? LONG : 'x' });
    });
    const node: PayloadNode = { kind: 'payload', path: ['t'], operator: '=', values: [LONG], ...place };
    const words = listedLeaf([seqAt(stripe * 4, 3), seqAt(stripe * 4, 15), seqAt(stripe * 4, 900)], false);
    const { must, may } = new ValueFinder(db)
      .leaf(node)
      .beside(words)
      .bounds(stripe * 4);
    expect(must).toBe(false);
    expect(typeof may === 'boolean' ? may : [...slotsOf(may)]).toEqual([3]);
    new ValueWriter(db).forget([stripe * STRIPE + 5]);
    const leaf = new ValueFinder(db).leaf(node);
    expect(leaf.bounds(stripe * 4)).toEqual({ must: false, may: true });
    expect(leaf.beside(words).bounds(stripe * 4)).toEqual(words.bounds(stripe * 4));
    expect(leaf.open(stripe * 4, stripe * 4 + 3)).toBe(STRIPE);
  });

  it('leave open what is not kept of too many fields, and decide the others', () => {
    const payloads = new Map<number, JsonObject>();
    for (let slot = 0; slot < 1_100; slot++)
      payloads.set(slot, {
        n: slot,
        [`key${slot}`]: 1,
        t: { [`k${slot}`]: 1 },
        d: { d: { d: { d: { d: 1 } } } },
      });
    const stripe = stored((builder) => payloads.forEach((payload, slot) => builder.add(slot, payload)));
    const compare = (keys: string[]): number =>
      openSlots(stripe, { kind: 'payload', path: keys, operator: '=', values: [1], ...place }, payloads);
    expect(compare(['n'])).toBe(0);
    expect(compare(['nowhere'])).toBe(0);
    expect(compare(['d', 'd', 'd', 'd'])).toBe(0);
    expect(compare(['d', 'd', 'd', 'd', 'd'])).toBe(payloads.size);
    expect(compare(['key1099'])).toBe(payloads.size);
    expect(compare(['key1099', 'x'])).toBe(payloads.size);
  });
});

const EVENTS = STRIPE + 500;
const NOW = 1_766_700_004;

describe('searches and counts with columns', () => {
  let test: TestHistory;
  const all: StoredEvent[] = [];
  beforeAll(async () => {
    test = await openTestHistory();
    const some = fc.sample(anyEvent, { numRuns: 1_500, seed: 7 });
    await test.history.append(
      Array.from({ length: EVENTS }, (_, n) => {
        const { payload, ...event } = some[n % some.length] ?? newEvent();
        return newEvent({ ...event, payload, eventId: newEvent().eventId });
      }),
    );
    for (;;) {
      const page = await test.history.eventsAfter(all.at(-1)?.seq ?? 0, 5_000);
      if (page.length === 0) break;
      all.push(...page);
    }
    expect(await test.history.values.catchUp()).toBe(1);
    expect(await test.history.values.catchUp()).toBe(0);
  });
  afterAll(() => test.close());

  it('find what a plain filter finds', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery.filter(comparesPayload), async (node) => {
        const asked = { node, now: NOW };
        const matches = matcher(node);
        const wanted = all.filter((event) => matches(event, NOW));
        const summary = await test.history.summary({ asked }, { buckets: 0, ms: 60_000 });
        expect([summary.total, summary.exact]).toEqual([wanted.length, true]);
        for (const order of ['asc', 'desc'] as const) {
          const page = await test.history.query({ asked }, { order, limit: 50, count: false });
          const sorted = order === 'asc' ? wanted : [...wanted].reverse();
          expect(page.events.map(({ seq }) => seq)).toEqual(sorted.slice(0, 50).map(({ seq }) => seq));
        }
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('say beforehand how many events they leave open', () => {
    const node: PayloadNode = { kind: 'payload', path: ['n'], operator: '>', values: [0], ...place };
    const reader = openDatabase(test.file, { readonly: true });
    const leaf = new ValueFinder(reader).leaf(node);
    expect(leaf.open(0, 3)).toBe(0);
    // The events behind the stripe.
    expect(leaf.open(0, 4)).toBe(500);
    reader.close();
  });
});

function comparesPayload(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.some(comparesPayload);
  return node.kind === 'not' ? comparesPayload(node.part) : node.kind === 'payload';
}
