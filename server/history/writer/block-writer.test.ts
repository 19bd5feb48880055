import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateDatabase, openDatabase, type Connection } from '../../../db/client';
import { migrationsFolder } from '../../process/paths';
import { newEvent } from '../events.test-support';
import type { RemovalPlace } from '../retention/removal-sql';
import type { SliceOutcome } from '../retention/remover';
import { packRows } from './packed-rows';
import { StripeBuilder } from '../values/stripe-builder';
import { WriteStore } from './write-store';
import { SLOTS } from '../blocks/block';
import { FacetCounter } from '../facets/counter';

const DAY = 86_400;
const START = 1_766_700_000;
let folder: string;
let db: Connection;
let clock = START;
let store: WriteStore;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringside-blocks-'));
  db = openDatabase(path.join(folder, 'ringside.db'));
  migrateDatabase(db, migrationsFolder());
  clock = START;
  store = new WriteStore(db, () => clock);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

let published = 0;
function append(count: number): void {
  const rows = Array.from({ length: count }, () =>
    newEvent({ node: `n${published % 3}`, timestamp: START + published++, outbound: false }),
  );
  store.commit([{ kind: 'append', rows: packRows(rows) }]);
}
const stored = () => db.prepare('SELECT block, events FROM event_blocks ORDER BY block').all();
const columns = () =>
  ['value_stripes', 'event_values'].map((table) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
const counted = () => {
  const { total, facets } = new FacetCounter(db).count({}, { buckets: 0, ms: 60_000 }, () => false);
  return { total, nodes: facets.node.values.map(([, count]) => count) };
};

describe('blocks', () => {
  it('are written with the events that fill them, and not by a transaction that fails', () => {
    append(SLOTS - 1);
    expect(stored()).toEqual([]);
    const bad = { ...newEvent(), payloadText: null as unknown as string };
    expect(() => store.commit([{ kind: 'append', rows: packRows([newEvent(), bad]) }])).toThrow();
    expect(stored()).toEqual([]);
    append(2);
    expect(stored()).toEqual([{ block: 0, events: SLOTS }]);
    expect(counted().total).toBe(SLOTS + 1);
    append(SLOTS - 1);
    expect(stored()).toHaveLength(2);
    expect(counted()).toEqual({ total: 2 * SLOTS, nodes: [2_731, 2_731, 2_730] });
  });

  it('go with the events that are removed, and come again with what is left', () => {
    append(2 * SLOTS + 10);
    const builder = new StripeBuilder(0);
    builder.add(0, { node_id: 'gh200-a' });
    store.commit([{ kind: 'values', values: builder.finish() }]);
    expect(columns()).toEqual([1, 1]);
    store.commit([{ kind: 'snapshot', name: 'state', version: '1', seq: 9_000, data: new Uint8Array() }]);
    clock += 2 * DAY;
    const pass = {
      categories: null,
      before: START + published - SLOTS - 5,
      keep: { keep_types: [], keep_manual: false },
    };
    let after: RemovalPlace | null = { seq: 0, timestamp: 0 };
    let removed = 0;
    while (after) {
      const [outcome] = store.commit([{ kind: 'remove', pass, after, most: 1e9 }]);
      removed += (outcome as SliceOutcome).removed;
      after = (outcome as SliceOutcome).next;
    }
    expect(removed).toBe(SLOTS + 5);
    expect(counted().total).toBe(SLOTS + 5);
    expect(stored()).toEqual([]);
    expect(columns()).toEqual([0, 0]);
    expect(store.blocksMissing).toBe(true);
    while (store.stepBlocks());
    expect(stored()).toEqual([
      { block: 0, events: 0 },
      { block: 1, events: SLOTS - 5 },
    ]);
    expect(counted().total).toBe(SLOTS + 5);
    append(SLOTS);
    expect(counted().total).toBe(2 * SLOTS + 5);
  });
});
