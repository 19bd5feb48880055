import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { toWire, type StoredEvent, type WireEvent } from '../../../domain/events/envelope';
import type { EventFilter } from '../../../domain/realtime/contract';
import { anyEvent, anyFilter } from '../../history/arbitraries.test-support';
import { newEvent, openTestHistory, type TestHistory } from '../../history/events.test-support';
import { eventFilterSchema } from '../../live/feeds/feed-request';
import { exportStream, STALL_MS } from './export-stream';

let test: TestHistory;
let all: StoredEvent[] = [];

beforeAll(async () => {
  test = await openTestHistory();
  const events = fc.sample(anyEvent, { numRuns: 400, seed: 4 });
  await test.history.append(events);
  all = [...(await test.history.eventsAfter(0, 1_000))];
});
afterAll(() => test.close());

async function exported(filter: EventFilter, order: 'asc' | 'desc', upTo: number): Promise<WireEvent[]> {
  const stream = exportStream(test.history, { filter, format: 'ndjson', order, upTo });
  const text = await new Response(stream).text();
  expect(text === '' || text.endsWith('\n')).toBe(true);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as WireEvent);
}

async function searched(filter: EventFilter, order: 'asc' | 'desc', upTo: number): Promise<WireEvent[]> {
  const { events } = await test.history.query(filter, { order, limit: 10_000, count: false });
  return events.filter(({ seq }) => seq <= upTo).map(toWire);
}

describe('an export', () => {
  const orders = fc.constantFrom('asc' as const, 'desc' as const);

  it('holds what a search finds, whole and in its order, up to its last seq', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, orders, fc.integer({ min: 0, max: 600 }), async (filter, order, upTo) => {
        expect(await exported(filter, order, upTo)).toEqual(await searched(filter, order, upTo));
        expect(await test.history.countUpTo(filter, upTo)).toBe((await searched(filter, order, upTo)).length);
      }),
      { numRuns: 40 },
    );
  });

  it.each(['payload.n>0', '-severity:info', 'type:HOST_ONLINE OR payload.reason:ete', `memory -out`])(
    'answers the query %s, also where SQL cannot decide',
    async (q) => {
      const filter = eventFilterSchema.parse({ q });
      const found = await exported(filter, 'desc', 600);
      expect(found).toEqual(await searched(filter, 'desc', 600));
      expect(found.length).toBeGreaterThan(0);
      expect(found.length).toBeLessThan(all.length);
      expect(await test.history.countUpTo(filter, 600)).toBe(found.length);
    },
  );
});

describe('the reader of an export', () => {
  /** Larger than a slice, several times. */
  async function large(): Promise<{ big: TestHistory; upTo: number }> {
    const big = await openTestHistory();
    const payload = { text: 'x'.repeat(100_000) };
    await big.history.append(Array.from({ length: 30 }, (_, n) => newEvent({ payload: { ...payload, n } })));
    return { big, upTo: big.history.headSeq };
  }
  const plain = { filter: {}, format: 'json', order: 'asc' } as const;

  it('is cut off at once when its access ends, and its place is free again', async () => {
    const { big, upTo } = await large();
    const [ended, unwatched] = [vi.fn(), vi.fn()];
    let cut = (_error: Error): void => undefined;
    const stream = exportStream(big.history, { ...plain, upTo }, ended, (how) => {
      cut = how;
      return unwatched;
    });
    const reader = stream.getReader();
    await reader.read();
    cut(new Error('access ended'));
    await expect(reader.read()).rejects.toThrow('access ended');
    expect([ended.mock.calls.length, unwatched.mock.calls.length]).toEqual([1, 1]);
    await big.close();
  });

  it('is read ahead for by one part at the most, and leaves with nothing under way', async () => {
    const { big, upTo } = await large();
    const ask = vi.spyOn(big.history, 'exportSlice');
    const ended = vi.fn();
    const reader = exportStream(big.history, { ...plain, upTo }, ended).getReader();
    const wait = () => new Promise((resolve) => setTimeout(resolve, 20));
    await wait();
    expect(ask).not.toHaveBeenCalled();
    // The beginning of the format, then a part.
    await reader.read();
    await wait();
    expect(ask).not.toHaveBeenCalled();
    await reader.read();
    await wait();
    expect(ask).toHaveBeenCalledTimes(2);
    await reader.cancel();
    await wait();
    expect(ended).toHaveBeenCalledTimes(1);
    expect(ask).toHaveBeenCalledTimes(2);
    await big.close();
  });

  it('may leave while the next part fails', async () => {
    const [bytes, ended] = [new Uint8Array(8), vi.fn()];
    let asked = 0;
    const exportSlice = (_filter: unknown, { after }: { after: number | null }) => {
      asked += 1;
      return after === null
        ? Promise.resolve({ bytes, events: 1, at: 1, done: false })
        : new Promise<never>((_, reject) => setTimeout(() => reject(new Error('disk')), 5));
    };
    const reader = exportStream({ exportSlice }, { ...plain, format: 'ndjson', upTo: 9 }, ended).getReader();
    expect((await reader.read()).value).toBe(bytes);
    await reader.cancel();
    // An error that nobody hears of would end the test run.
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([asked, ended.mock.calls.length]).toEqual([2, 1]);
  });

  it('gets no event that came after the export began, and each of the others once', async () => {
    const { big, upTo } = await large();
    const reader = exportStream(big.history, { ...plain, upTo }).getReader();
    const parts: Uint8Array[] = [];
    for (let part = await reader.read(); part.value; part = await reader.read()) {
      parts.push(part.value);
      await big.history.append([newEvent()]);
    }
    const found = JSON.parse(Buffer.concat(parts).toString()) as WireEvent[];
    expect(parts.length).toBeGreaterThan(4);
    expect(found.map(({ seq }) => seq)).toEqual(Array.from({ length: upTo }, (_, n) => n + 1));
    await big.close();
  });

  it('is told when history fails, and when it took nothing for too long', async () => {
    const ended = vi.fn();
    const failing = { exportSlice: () => Promise.reject(new Error('disk')) };
    const broken = exportStream(failing, { ...plain, format: 'csv', upTo: 1 }, ended).getReader();
    await broken.read();
    await expect(broken.read()).rejects.toThrow('disk');
    expect(ended).toHaveBeenCalledTimes(1);

    vi.useFakeTimers();
    const idle = exportStream(failing, { ...plain, upTo: 1 }, ended).getReader();
    await idle.read();
    vi.advanceTimersByTime(STALL_MS);
    vi.useRealTimers();
    await expect(idle.read()).rejects.toThrow('nobody took');
    expect(ended).toHaveBeenCalledTimes(2);
  });
});
