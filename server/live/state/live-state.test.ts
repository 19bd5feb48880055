import { setImmediate as nextTurn } from 'node:timers/promises';
import { serialize } from 'node:v8';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StoredEvent } from '../../../domain/events/envelope';
import { createFold, STATE_VERSION } from '../../../domain/projections';
import { nodesProjection } from '../../../domain/projections/nodes';
import { categoryOf, configOf, modelOf, nodeOf, severityOf } from '../../../domain/events';
import type { JsonObject } from '../../../domain/json';
import { newEvent, openTestHistory, type TestHistory } from '../../history/events.test-support';
import type { NewEvent } from '../../history/types';
import { LiveState } from './live-state';

let test: TestHistory;
beforeEach(async () => {
  test = await openTestHistory();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await test.close();
});

const happening = fc.record({
  type: fc.constantFrom(
    'HOST_OFFLINE',
    'HOST_ONLINE',
    'ELO_UPDATED',
    'MODEL_PROMOTED',
    'TRAINING_STARTED',
    'TRAINING_FAILED',
    'NEW_GAMES_AVAILABLE',
  ),
  node: fc.constantFrom('gh200-a', 'gh200-b', '__proto__'),
  version: fc.nat(5),
  at: fc.nat(5_000),
});

function eventOf({
  type,
  node,
  version,
  at,
}: {
  type: string;
  node: string;
  version: number;
  at: number;
}): NewEvent {
  const payload: JsonObject = {
    host: node,
    model_id: `hex8_2p_v${version}`,
    config_key: 'hex8_2p',
    new_elo: 1_500 + version,
    new_games: version,
  };
  return newEvent({
    eventType: type,
    payload,
    timestamp: 1_766_700_000 + at,
    category: categoryOf(type),
    severity: severityOf(type, payload),
    config: configOf(payload),
    node: nodeOf(payload, 'h'),
    model: modelOf(payload),
  });
}
const some = (count: number, seed = 1): NewEvent[] =>
  fc.sample(happening, { numRuns: count, seed }).map(eventOf);

const newState = (log = pino({ level: 'silent' })): LiveState =>
  new LiveState(test.history, log, () => undefined);

async function restored(log?: pino.Logger): Promise<LiveState> {
  const state = newState(log);
  await state.restore(() => undefined);
  return state;
}
const everything = (): Promise<readonly StoredEvent[]> => test.history.eventsAfter(0, 10_000);

async function foldedAnew(): Promise<unknown> {
  const fold = createFold();
  for (const event of await everything()) fold.fold(event);
  return fold.snapshot();
}

describe('restore', () => {
  it('from a snapshot taken anywhere equals folding everything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { maxLength: 30 }),
        fc.array(happening, { maxLength: 30 }),
        async (before, after) => {
          await test.history.append(before.map(eventOf));
          const first = await restored();
          await first.save();
          // Else it puts late events in order once they are quiet, and saves a state that is not one of this order.
          await first.stop();
          await test.history.append(after.map(eventOf));
          const second = await restored();
          await second.stop();
          expect(second.asOfSeq).toBe(test.history.headSeq);
          expect(second.fold.snapshot()).toEqual(await foldedAnew());
        },
      ),
      { numRuns: 25 },
    );
  });

  it('from a snapshot that was taken while events came equals folding everything', async () => {
    await test.history.append(some(30));
    const state = await restored();
    const before = state.asOfSeq;
    await test.history.append(some(40, 2));
    const events = await test.history.eventsAfter(before, 100);
    const saving = state.save();
    // One in each turn of the event loop, as the projections are saved.
    for (const event of events) {
      await nextTurn();
      state.deliver([event]);
    }
    await saving;
    const second = await restored();
    expect(second.asOfSeq).toBe(test.history.headSeq);
    expect(second.fold.snapshot()).toEqual(await foldedAnew());
  });

  it('takes a snapshot that was stored as a whole', async () => {
    await test.history.append(some(50));
    const state = await restored();
    await test.history.saveSnapshot('state', STATE_VERSION, 50, serialize(state.fold.view()));
    const read = vi.spyOn(test.history, 'eventsAfter');
    expect((await restored()).fold.snapshot()).toEqual(state.fold.snapshot());
    expect(read.mock.calls.map(([after]) => after)).toEqual([50]);
  });

  it('reads no event anew that the snapshot covers', async () => {
    await test.history.append(some(50));
    await (await restored()).save();
    const read = vi.spyOn(test.history, 'eventsAfter');
    await restored();
    expect(read.mock.calls.map(([after]) => after)).toEqual([50]);
  });

  const spoil = (sql: string, ...values: unknown[]): void => {
    const other = new Database(test.file);
    other.prepare(sql).run(...values);
    other.close();
  };

  it.each([
    ['of another version', "UPDATE state_snapshots SET version = 'older'", []],
    ['of a history that was longer', 'UPDATE state_snapshots SET seq = 1000', []],
    ['that is damaged', "UPDATE state_snapshots SET data = x'ff0f22'", []],
    ['of something else', 'UPDATE state_snapshots SET data = ?', [serialize({ projections: [] })]],
    ['of nothing', 'UPDATE state_snapshots SET data = ?', [serialize(null)]],
  ])('ignores a snapshot %s', async (_what, sql, values) => {
    await test.history.append(some(40));
    await (await restored()).save();
    spoil(sql, ...values);
    const state = await restored();
    expect(state.fold.snapshot()).toEqual(await foldedAnew());
  });
});

describe('deliver', () => {
  it('folds what comes, passes over what the restore folded, and touches what changed', async () => {
    await test.history.append(some(20));
    const touched = new Set<string>();
    const state = new LiveState(test.history, pino({ level: 'silent' }), (topic) => touched.add(topic));
    await state.restore(() => undefined);
    touched.clear();
    await test.history.append(some(20, 2));
    const events = await everything();
    state.deliver(events.slice(10, 30));
    state.deliver(events.slice(25));
    expect(state.fold.snapshot()).toEqual(await foldedAnew());
    expect(touched.size).toBeGreaterThan(0);
    for (const topic of touched) expect([...state.topics().keys()]).toContain(topic);
  });
});

describe('an event that a reducer cannot take', () => {
  it('is said, holds up no other event or state, and is never snapshotted', async () => {
    await test.history.append(some(10));
    const lines: string[] = [];
    const state = newState(pino({ level: 'error' }, { write: (line: string) => void lines.push(line) }));
    const fold = nodesProjection.fold.bind(nodesProjection);
    vi.spyOn(nodesProjection, 'fold').mockImplementation((nodes, event, touch) => {
      if (event.seq === 4) throw new TypeError('a defect');
      fold(nodes, event, touch);
    });
    await state.restore(() => undefined);
    const fourth = await test.history.bySeq(4);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event_id: fourth?.eventId, event_type: fourth?.eventType, err: { message: 'a defect' } },
    ]);
    expect(state.fold.asOfSeq).toBe(10);
    expect(state.fold.states().traffic.events).toBe(10);
    await state.save();
    expect(await test.history.loadSnapshot('state')).toBeNull();
  });
});

describe('save', () => {
  it('is not done before one that is under way, and saves what came since', async () => {
    await test.history.append(some(5));
    const state = await restored();
    await test.history.append(some(5, 2));
    const events = await test.history.eventsAfter(state.asOfSeq, 10);
    const parts = vi.spyOn(state.fold, 'viewOf');
    const first = state.save();
    await nextTurn();
    state.deliver(events);
    await state.save();
    expect((await test.history.loadSnapshot('state'))?.seq).toBe(10);
    const places = [...state.fold.names.keys()];
    expect(parts.mock.calls.map(([place]) => place)).toEqual([...places, ...places]);
    await first;
  });

  it('tries again after it failed', async () => {
    await test.history.append(some(5));
    const state = await restored();
    const saving = vi.spyOn(test.history, 'saveSnapshot').mockRejectedValueOnce(new Error('full'));
    await expect(state.save()).rejects.toThrow('full');
    await state.save();
    expect((await test.history.loadSnapshot('state'))?.seq).toBe(5);
    await state.save();
    expect(saving).toHaveBeenCalledTimes(2);
  });
});
