import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Connection } from '../../../db/client';
import type { JsonObject } from '../../../domain/json';
import { matcher } from '../../../domain/query';
import { newEvent, openTestHistory, type TestHistory } from '../events.test-support';
import { SLOTS } from '../blocks/block';
import { hasSlot } from '../matching/masks';
import { anyComparison, anyPayload, asEvent, place } from './arbitraries.test-support';
import { NewestValues } from './newest-values';
import { STRIPE } from './stripe';
import { ValueFinder } from './value-finder';
import type { PayloadNode } from './value-test';

describe('columns of the newest events, which are not stored yet', () => {
  let test: TestHistory;
  let reader: Connection;
  const payloads = new Map<number, JsonObject>();
  const append = async (count: number): Promise<void> => {
    const some = fc.sample(anyPayload, { numRuns: 300, seed: payloads.size });
    const all = Array.from({ length: count }, (_, n) => some[n % some.length] ?? {});
    all.forEach((payload) => payloads.set(payloads.size, payload));
    await test.history.append(all.map((payload) => newEvent({ payload })));
  };
  beforeAll(async () => {
    test = await openTestHistory();
    await append(2_500);
    reader = openDatabase(test.file, { readonly: true });
  });
  afterAll(async () => {
    reader.close();
    await test.close();
  });

  /** Events that are left open; fails where one is decided as the matcher would not. */
  function openEvents(node: PayloadNode, finder: ValueFinder): number[] {
    const [leaf, test] = [finder.leaf(node), matcher(node)];
    return [...payloads].flatMap(([place, payload]) => {
      const bounds = leaf.bounds(Math.floor(place / SLOTS));
      const [must, may] = [hasSlot(bounds.must, place % SLOTS), hasSlot(bounds.may, place % SLOTS)];
      if (must !== may) return [place];
      if (may !== test(asEvent(payload), 0)) expect([place, payload, may]).toEqual([place, payload, !may]);
      return [];
    });
  }
  const made = (makingMs: number, stripes = 4): NewestValues =>
    new NewestValues(reader, { makingMs, stripes });
  const nowhere: PayloadNode = { kind: 'payload', path: ['nowhere'], operator: '!=', values: [1], ...place };

  it('decide comparisons as the matcher does, also once more have come', async () => {
    const finder = new ValueFinder(reader, made(Infinity));
    for (const count of [0, 1_500, 16_000]) {
      await append(count);
      // What does not fill a chunk is read.
      const whole = payloads.size - (payloads.size % 1_024);
      expect(openEvents(nowhere, finder)).toEqual([...payloads.keys()].slice(whole));
      let decided = 0;
      const nodes = fc.sample(anyComparison, { numRuns: 25, seed: count });
      for (const node of nodes) decided += payloads.size - openEvents(node, finder).length;
      expect(decided).toBeGreaterThan(payloads.size * 10);
    }
  });

  it('say beforehand what they leave open', () => {
    const leaf = new ValueFinder(reader, made(Infinity)).leaf(nowhere);
    expect(leaf.open(0, Math.floor(payloads.size / SLOTS))).toBe(payloads.size % 1_024);
  });

  it('are made as far as there is time, and the rest the next time', () => {
    const finder = new ValueFinder(reader, made(0));
    expect(openEvents(nowhere, finder)).toHaveLength(payloads.size);
    const slow = new ValueFinder(reader, made(0.01));
    const open = [1, 2, 3].map(() => openEvents(nowhere, slow).length);
    expect(open[1]).toBeLessThan(open[0] ?? 0);
    expect(open[2]).toBeLessThan(open[1] ?? 0);
  });

  it('are made beforehand, some at a step, and those that are stored are not', async () => {
    const newest = made(0);
    const finder = new ValueFinder(reader, newest);
    const kept = [...finder.warm()].map(() => newest.kept);
    expect(kept.length).toBe(Math.floor(payloads.size / 1_024));
    expect(openEvents(nowhere, finder)).toHaveLength(payloads.size % 1_024);
    const other = await openTestHistory();
    await other.history.append(Array.from({ length: STRIPE + 1_024 }, () => newEvent()));
    await other.history.values.catchUp();
    const db = openDatabase(other.file, { readonly: true });
    expect([...new ValueFinder(db).warm()]).toHaveLength(1);
    db.close();
    await other.close();
  });

  it('leave open what is not kept of too many fields', async () => {
    const many = await openTestHistory();
    await many.history.append(
      Array.from({ length: 1_024 }, (_, n) => newEvent({ payload: { [`k${n}`]: n } })),
    );
    const db = openDatabase(many.file, { readonly: true });
    const openOf = (key: string): number => {
      const node = { kind: 'payload' as const, path: [key], operator: '>=' as const, values: [0], ...place };
      return new ValueFinder(db).leaf(node).open(0, 0);
    };
    // Of paths that occur as often those are kept that came first.
    expect(['k0', 'nowhere', 'k1000'].map(openOf)).toEqual([0, 0, 1_024]);
    db.close();
    await many.close();
  });

  it('give way to those that are stored, and are kept of a few stripes', async () => {
    const newest = made(Infinity, 1);
    const finder = new ValueFinder(reader, newest);
    expect(openEvents(nowhere, finder).length).toBeGreaterThan(STRIPE);
    const chunks = Math.floor((payloads.size - STRIPE) / 1_024);
    expect(newest.kept).toBe(chunks);
    await append(2 * STRIPE - payloads.size);
    await test.history.values.catchUp();
    expect(openEvents(nowhere, finder)).toEqual([]);
    await append(1_100);
    expect(openEvents(nowhere, finder)).toHaveLength(1_100 - 1_024);
    expect(newest.kept).toBe(1);
  });
});
