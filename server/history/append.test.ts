import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HistoryUnavailableError } from './errors';
import { newEvent, openTestHistory, type TestHistory, storedEvent } from './events.test-support';
import type { AppendResult, NewEvent } from './types';

let test: TestHistory;
beforeEach(async () => {
  test = await openTestHistory();
});
afterEach(() => test.close());

/** Changes the file behind the writer's back, as another process would. */
function meddle(sql: string): void {
  const other = new Database(test.file);
  other.exec(sql);
  other.close();
}

/** What history should answer, worked out one event at a time. */
class Model {
  readonly #ids = new Map<string, { seq: number; eventId: string }>();
  readonly #keys = new Map<string, { seq: number; eventId: string }>();
  constructor(private seq: number) {}

  check(event: NewEvent, result: AppendResult | undefined): void {
    const known = [this.#ids.get(event.eventId), this.#keys.get(event.idempotencyKey ?? '')].filter(Boolean);
    if (known.length > 0) {
      expect(result?.status).toBe('exists');
      expect(known).toContainEqual(
        result?.status === 'exists' ? { seq: result.seq, eventId: result.eventId } : null,
      );
      return;
    }
    expect(result).toMatchObject({ status: 'stored', seq: ++this.seq });
    const first = { seq: this.seq, eventId: event.eventId };
    this.#ids.set(event.eventId, first);
    if (event.idempotencyKey !== null) this.#keys.set(event.idempotencyKey, first);
  }
}

describe('append', () => {
  it('numbers consecutively in the order of calls and names the first of whatever repeats', async () => {
    const events = fc.array(fc.record({ id: fc.nat(20), key: fc.option(fc.nat(8)) }), { maxLength: 8 });
    const calls = fc.array(fc.record({ events, waits: fc.boolean() }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(calls, async (given) => {
        const ids = Array.from({ length: 21 }, () => randomUUID());
        const before = test.history.headSeq;
        const model = new Model(before);
        const batches = given.map((call) =>
          call.events.map(({ id, key }) =>
            newEvent({ eventId: ids[id]!, idempotencyKey: key === null ? null : `${ids[0]}/${key}` }),
          ),
        );
        const answers: Promise<readonly AppendResult[]>[] = [];
        for (const [index, batch] of batches.entries()) {
          const answer = test.history.append(batch);
          answers.push(answer);
          if (given[index]!.waits) await answer;
        }
        const results = await Promise.all(answers);
        for (const [index, batch] of batches.entries())
          for (const [at, event] of batch.entries()) model.check(event, results[index]![at]);
        const stored = await test.history.eventsAfter(before, 1_000);
        expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, n) => before + 1 + n));
        expect(test.history.headSeq).toBe(before + stored.length);
      }),
      { numRuns: 100 },
    );
  });
});

const POISON = newEvent({ source: 'poison' });
const REFUSE_POISON =
  "CREATE TRIGGER broken BEFORE INSERT ON events WHEN new.source = 'poison' BEGIN SELECT RAISE(ABORT, 'cannot'); END";
const REFUSE_SNAPSHOTS =
  "CREATE TRIGGER broken2 BEFORE INSERT ON state_snapshots BEGIN SELECT RAISE(ABORT, 'cannot'); END";

describe('a transaction that fails', () => {
  it('rejects all its callers, stores nothing of theirs, and leaves the later ones alone', async () => {
    await test.history.append([newEvent()]);
    meddle(REFUSE_POISON);
    const together = [newEvent(), POISON, newEvent()].map((event) => test.history.append([event]));
    const outcomes = await Promise.allSettled(together);
    for (const outcome of outcomes)
      expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(HistoryUnavailableError);
    expect(test.history.trouble).toMatch(/history is unavailable \(SQLITE_CONSTRAINT_TRIGGER\)/);
    expect(test.history.headSeq).toBe(1);
    expect(await test.history.append([newEvent()])).toMatchObject([{ status: 'stored', seq: 2 }]);
    expect(await test.history.eventsAfter(0, 10)).toHaveLength(2);
  });

  it('takes dead letters and cursor of the same call back with the events', async () => {
    meddle(REFUSE_POISON);
    const letter = {
      kind: 'row',
      reason: 'r',
      content: 'c',
      eventType: null,
      eventId: null,
      source: 's',
      reference: '1',
      at: 1,
    } as const;
    const cursor = { bridge: 'b', incarnation: 'i', readRowId: 9, forwardedSeq: 0, forwardedRowId: 0 };
    await expect(test.history.appendFromLog([newEvent(), POISON], [letter], cursor)).rejects.toThrow(
      /unavailable/,
    );
    expect(await test.history.cursorOf('b')).toBeNull();
    expect((await test.history.listDeadLetters({ limit: 1 })).total).toBe(0);
    expect(await test.history.eventsAfter(0, 10)).toEqual([]);
  });

  it('is found to be over without anyone publishing', async () => {
    meddle(`${REFUSE_POISON}; ${REFUSE_SNAPSHOTS}`);
    await expect(test.history.append([POISON])).rejects.toThrow();
    await expect(test.history.append([POISON])).rejects.toThrow();
    // Others succeed meanwhile, as on a disk that is nearly full.
    await test.history.append([newEvent()]);
    await expect(test.history.append([POISON])).rejects.toThrow();
    expect(test.history.trouble).not.toBeNull();
    meddle('DROP TRIGGER broken; DROP TRIGGER broken2');
    await vi.waitFor(() => expect(test.history.trouble).toBeNull(), { timeout: 20_000, interval: 20 });
    expect(test.troubles, 'told once, however often it was tried').toEqual([
      expect.stringContaining('unavailable'),
      null,
    ]);
    expect(await test.history.append([POISON])).toMatchObject([{ status: 'stored', seq: 2 }]);
  });
});

describe('an index that cannot be written', () => {
  it('fails what needs it, not the events that were committed with it, nor what can be read without', async () => {
    meddle('DROP TABLE events_fts');
    const [stored, near] = await Promise.allSettled([
      test.history.append([newEvent()]),
      test.history.neighbours(storedEvent(1)),
    ]);
    expect(stored).toMatchObject({ status: 'fulfilled', value: [{ status: 'stored', seq: 1 }] });
    expect(near.status === 'rejected' && near.reason).toBeInstanceOf(HistoryUnavailableError);
    expect(test.history.headSeq).toBe(1);
    expect((await test.history.query({ q: 'gh200' }, { order: 'asc', limit: 1 })).events).toHaveLength(1);
  });
});

it('a start that cannot use the file says which, and what to look at', async () => {
  await test.history.close();
  meddle('DROP TABLE events_fts');
  await expect(test.reopen()).rejects.toThrow(
    /^cannot open the history .*ringside\.db: no such table: .*; check that the folder .* has space$/,
  );
});

describe('after a crash between commit and index', () => {
  const search = async (): Promise<number[]> => {
    const page = await test.history.query({ q: 'needle' }, { order: 'asc', limit: 10 });
    expect(page.total).toBe(page.events.length);
    return page.events.map(({ seq }) => seq);
  };

  it('the next start indexes what the index lacks', async () => {
    await test.history.append(Array.from({ length: 5 }, () => newEvent({ payload: { word: 'needle' } })));
    expect(await search()).toEqual([1, 2, 3, 4, 5]);
    await test.history.close();
    meddle('DELETE FROM events_fts WHERE rowid > 2');
    await test.reopen();
    expect(await search()).toEqual([1, 2, 3, 4, 5]);
  });

  it('finds rows that came into the file while nothing ran, and goes on counting behind them', async () => {
    await test.history.append([newEvent({ payload: { word: 'needle' } })]);
    await test.history.close();
    meddle(`CREATE TEMP TABLE copy AS SELECT * FROM events;
      UPDATE copy SET seq = 7, event_id = randomblob(16), idempotency_key = NULL;
      INSERT INTO events SELECT * FROM copy`);
    await test.reopen();
    expect(await search()).toEqual([1, 7]);
    expect(await test.history.append([newEvent()])).toMatchObject([{ seq: 8 }]);
  });
});

describe('close', () => {
  it('may be called again, and afterwards everything is refused rather than left waiting', async () => {
    await test.history.append([newEvent()]);
    await test.history.close();
    await test.history.close();
    const asked = [
      test.history.append([newEvent()]),
      test.history.bySeq(1),
      test.history.query({ q: 'x' }, { order: 'asc', limit: 1 }),
    ];
    for (const outcome of await Promise.allSettled(asked))
      expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(HistoryUnavailableError);
  });
});

it('refuses at once what no row can hold, and goes on with what comes after', async () => {
  await expect(test.history.append([newEvent({ contentHash: 'short' })])).rejects.toThrow('not an event id');
  const [answer] = await test.history.append([newEvent()]);
  expect(answer?.status).toBe('stored');
});
