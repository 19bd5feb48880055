import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseQuery } from '../../domain/query';
import type { EventFilter } from '../../domain/realtime/contract';
import { workerFile } from '../process/worker-file';
import { cancellable, watching } from './readers/cancel';
import { newEvent, openTestHistory, type TestHistory } from './events.test-support';
import { ReaderPool, SEARCHER } from './readers/reader-pool';

/** One reader thread: while it searches, nothing else is answered. */
let test: TestHistory;
beforeAll(async () => {
  test = await openTestHistory();
  const payload = { a: 1, b: 2 };
  await test.history.append(Array.from({ length: 6_000 }, () => newEvent({ payload })));
});
afterAll(() => test.close());

function slow(): EventFilter {
  const parsed = parseQuery('payload.a>1 OR payload.b>2');
  if (!parsed.ok) throw new Error(parsed.mistakes[0].message);
  return { asked: { node: parsed.node, now: 0 } };
}

const nameOf = (error: unknown): string => (error as Error).name;

it('tells the thread that searches, through memory that both share', async () => {
  const leaving = new AbortController();
  let seen: boolean[] = [];
  const answer = cancellable(leaving.signal, (flag) => {
    const left = watching(flag);
    seen = [left()];
    leaving.abort();
    seen.push(left());
    return Promise.resolve('late');
  });
  await expect(answer).rejects.toMatchObject({ name: 'CancelledError' });
  expect(seen).toEqual([false, true]);
  expect(watching(undefined)()).toBe(false);
});

describe('a search whose caller has left', () => {
  const page = { order: 'desc', limit: 10 } as const;

  it.each([
    ['a page', (signal: AbortSignal) => test.history.query(slow(), page, signal)],
    ['a count', (signal: AbortSignal) => test.history.countUpTo(slow(), 6_000, signal)],
    ['the rows of a feed', (signal: AbortSignal) => test.history.rowsAfter(slow(), 0, 10, signal)],
    ['the newest rows', (signal: AbortSignal) => test.history.newestRows(slow(), 10, undefined, signal)],
  ])('rejects, and so does one that has not begun: %s', async (_what, ask) => {
    const leaving = new AbortController();
    const answers = [ask(leaving.signal), ask(leaving.signal)].map((answer) => answer.catch(nameOf));
    leaving.abort();
    expect(await Promise.all(answers)).toEqual(['CancelledError', 'CancelledError']);
    expect(await ask(leaving.signal).catch(nameOf)).toBe('CancelledError');
  });

  it('leaves the reader to the others', async () => {
    const left = Array.from({ length: 50 }, () => {
      const leaving = new AbortController();
      const answer = test.history.query(slow(), page, leaving.signal).catch(() => undefined);
      leaving.abort();
      return answer;
    });
    const { events } = await test.history.query({}, { order: 'desc', limit: 1, count: false });
    expect(events).toHaveLength(1);
    await Promise.all(left);
  });

  it('is not begun: it would keep waiting those that were asked later', async () => {
    const path = await workerFile('reader.worker', import.meta.url);
    const pool = new ReaderPool(path, test.file, SEARCHER, 1);
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const { events } = await pool.ask('query', slow(), page, flag);
    expect(events).toHaveLength(0);
    flag[0] = 1;
    await expect(pool.ask('query', slow(), page, flag)).rejects.toThrow('nobody waits');
    await pool.close();
  });
});
