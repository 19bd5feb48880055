import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StoredEvent } from '../../../domain/events/envelope';
import { createFold } from '../../../domain/projections';
import { catalogued } from '../../../domain/projections/testing/catalogued.test-support';
import { newEvent, openTestHistory, type TestHistory } from '../../history/events.test-support';
import type { NewEvent } from '../../history/types';
import { LiveState } from './live-state';
import { unpackState, type KeptState } from './state-snapshot';

const QUIET_MS = 1;
const HOUR = 3_600;
let test: TestHistory;
const states: LiveState[] = [];
const renewed = vi.fn<() => void>();

beforeEach(async () => {
  test = await openTestHistory();
  renewed.mockClear();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(states.splice(0).map((state) => state.stop()));
  await test.close();
});

async function started(
  touch: (topic: string, key: string) => void = () => undefined,
  log = pino({ level: 'silent' }),
): Promise<LiveState> {
  const state = new LiveState(test.history, log, touch, { quietMs: QUIET_MS, onRenewed: renewed });
  states.push(state);
  await state.restore(() => undefined);
  return state;
}

const asNew = ({ eventType, payload, timestamp, category, severity, config, node, model }: StoredEvent) =>
  newEvent({ eventType, payload, timestamp, category, severity, config, node, model });

async function happen(state: LiveState, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const from = test.history.headSeq;
  await test.history.append(events);
  state.deliver(await test.history.eventsAfter(from, 1_000));
}

const everything = (): Promise<readonly StoredEvent[]> => test.history.eventsAfter(0, 10_000);

/** What the state must be: the first `upTo` by event time, the others as they came. */
async function inOrder(upTo: number): Promise<unknown> {
  const all = await everything();
  const first = all.slice(0, upTo).toSorted((a, b) => a.timestamp - b.timestamp || a.seq - b.seq);
  const fold = createFold();
  for (const event of [...first, ...all.slice(upTo)]) fold.fold(event);
  return fold.snapshot();
}

const NODES = ['gh200-a', 'gh200-b'];
/** A node that failed to sync and then did, by the hour. */
const past = (hours: number): NewEvent[] =>
  NODES.flatMap((node, n) =>
    ['DATA_SYNC_FAILED', 'DATA_SYNC_COMPLETED'].map((eventType, step) =>
      newEvent({
        eventType,
        payload: { node_id: node, error: 'rsync' },
        node,
        timestamp: 1_766_700_000 + hours * HOUR + 60 * n + step,
      }),
    ),
  );
/** After a failure it rests for twenty times as long as that took. */
const soon = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { interval: 5, timeout: 20_000 });
const settled = (state: LiveState, upTo: number): Promise<unknown> =>
  soon(async () => expect(state.fold.snapshot()).toEqual(await inOrder(upTo)));

/** Lets the readers of history in order wait until `answer`. */
function held(): { readonly questions: number; answer(): void } {
  const read = test.history.eventsInTime.bind(test.history);
  const waiting: (() => void)[] = [];
  const asked = vi.spyOn(test.history, 'eventsInTime').mockImplementation(async (...question) => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return await read(...question);
  });
  return {
    get questions() {
      return waiting.length;
    },
    answer: () => {
      asked.mockRestore();
      for (const go of waiting) go();
    },
  };
}

describe('after events that came late', () => {
  it('the state is what it would be had they come in time, and stays so after a restart', async () => {
    await fc.assert(
      fc.asyncProperty(
        catalogued({ maxLength: 30, seconds: 3 * HOUR }),
        catalogued({ maxLength: 30, seconds: 40 * HOUR }),
        catalogued({ maxLength: 10, seconds: 60 }),
        async (before, late, after) => {
          const own = await openTestHistory();
          const shared = test;
          test = own;
          const live = await started();
          // One that is surely late, whatever was drawn; and one that all others are behind.
          const shift = (by: number) => (event: StoredEvent) =>
            asNew({ ...event, timestamp: event.timestamp + by * HOUR });
          await happen(live, [...before.map(shift(50)), ...past(60)]);
          await happen(live, [...late.map(shift(0)), ...past(1)]);
          const upTo = live.asOfSeq;
          await settled(live, upTo);
          await happen(live, after.map(shift(61)));
          expect(live.fold.snapshot()).toEqual(await inOrder(upTo));
          await live.stop();
          expect((await started()).fold.snapshot()).toEqual(await inOrder(upTo));
          await Promise.all(states.splice(0).map((state) => state.stop()));
          await own.close();
          test = shared;
        },
      ),
      { numRuns: 6 },
    );
  });

  it('who looks is told of all that differs', async () => {
    const touched = new Set<string>();
    const state = await started((topic, key) => touched.add(`${topic} ${key}`));
    await happen(state, past(9));
    const payload = { work_id: 'w', error: 'exit code 137' };
    const timestamp = 1_766_700_000 + HOUR;
    const failed = () => newEvent({ eventType: 'WORK_FAILED', payload, category: 'work_queue', timestamp });
    // A problem that would long be over, and so goes away.
    await happen(state, [failed(), failed(), failed()]);
    const before = tables(state);
    touched.clear();
    await settled(state, state.asOfSeq);
    expect([...before.keys()].filter((key) => !tables(state).has(key))).toEqual([
      'problems.open work-failed',
    ]);
    const differs = [...tables(state)].filter(([key, text]) => before.get(key) !== text);
    expect(differs.length).toBeGreaterThan(0);
    for (const [key] of differs) expect(touched).toContain(key);
    for (const key of before.keys()) expect(touched).toContain(key);
    expect(renewed).toHaveBeenCalledTimes(1);
  });

  it('a state of another version is folded anew in the same order', async () => {
    const state = await started();
    await happen(state, past(9));
    await happen(state, past(1));
    const upTo = state.asOfSeq;
    await settled(state, upTo);
    await happen(state, past(10));
    await state.stop();
    const other = new Database(test.file);
    other.prepare("UPDATE state_snapshots SET version = 'older'").run();
    other.close();
    expect((await started()).fold.snapshot()).toEqual(await inOrder(upTo));
  });

  it('what arrives while the state is put in order is in it', async () => {
    const state = await started();
    await happen(state, past(9));
    const asked = held();
    await happen(state, past(1));
    const upTo = state.asOfSeq;
    await soon(() => expect(asked.questions).toBe(1));
    await happen(state, past(10));
    asked.answer();
    await settled(state, upTo);
  });

  it('a stop in the middle leaves it to the next start', async () => {
    const state = await started();
    await happen(state, past(9));
    const asked = held();
    await happen(state, past(1));
    await soon(() => expect(asked.questions).toBe(1));
    const unordered = state.fold.snapshot();
    await state.stop();
    asked.answer();
    expect(state.fold.snapshot()).toEqual(unordered);
    const next = await started();
    expect(next.fold.snapshot()).toEqual(unordered);
    await settled(next, next.asOfSeq);
  });

  it('it is kept at once: after kill -9 it is not done again', async () => {
    const state = await started();
    await happen(state, past(9));
    const asked = held();
    await happen(state, past(1));
    await soon(() => expect(asked.questions).toBe(1));
    await state.save();
    asked.answer();
    await soon(async () => {
      const { data } = (await test.history.loadSnapshot('state'))!;
      expect(unpackState(data)).toMatchObject({ orderedTo: state.asOfSeq, late: 0 });
    });
    const next = await started();
    expect(next.fold.snapshot()).toEqual(await inOrder(state.asOfSeq));
  });

  it('a snapshot that is written meanwhile is of one state only', async () => {
    const state = await started();
    await happen(state, past(9));
    const read = test.history.eventsInTime.bind(test.history);
    const saved: Promise<void>[] = [];
    vi.spyOn(test.history, 'eventsInTime').mockImplementation(async (...question) => {
      const events = await read(...question);
      // The new state is whole: it takes the other's place while some projections of that are written, and some are not.
      if (events.length === 0) saved.push(state.save());
      for (let turn = 0; events.length === 0 && turn < 2; turn += 1) await nextTurn();
      return events;
    });
    const keep = test.history.saveSnapshot.bind(test.history);
    const kept: KeptState[] = [];
    vi.spyOn(test.history, 'saveSnapshot').mockImplementation((name, version, seq, data) => {
      kept.push(unpackState(data));
      return keep(name, version, seq, data);
    });
    await happen(state, past(1));
    const upTo = state.asOfSeq;
    await soon(() => expect(kept).toHaveLength(2));
    await Promise.all(saved);
    for (const [n, { state: stored, orderedTo }] of kept.entries()) {
      const fold = createFold();
      expect(orderedTo).toBe(n * upTo);
      expect(fold.restore(stored)).toBe(true);
      expect(fold.snapshot()).toEqual(await inOrder(orderedTo));
    }
  });

  it('a failure is said, and it is tried again', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const state = await started(undefined, log);
    await happen(state, past(9));
    vi.spyOn(test.history, 'eventsInTime').mockRejectedValueOnce(new Error('disk I/O error'));
    await happen(state, past(1));
    await settled(state, state.asOfSeq);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { err: { message: 'disk I/O error' } },
    ]);
  });

  it('nothing is folded anew where history no longer holds everything', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
    const state = await started(undefined, log);
    await happen(state, past(9));
    const other = new Database(test.file);
    other
      .prepare(
        "INSERT INTO removed_counts (unit, bucket, event_type, category, events) VALUES (86400, 0, 'X', 'sync', 3)",
      )
      .run();
    other.close();
    await happen(state, past(1));
    const before = state.fold.snapshot();
    await soon(() => expect(lines.join('')).toContain('history lacks others'));
    expect(state.fold.snapshot()).toEqual(before);
  });
});

function tables(state: LiveState): Map<string, string> {
  const all = new Map<string, string>();
  for (const [topic, source] of state.topics())
    for (const key of source.keys()) all.set(`${topic} ${key}`, JSON.stringify(source.entity(key)));
  return all;
}
