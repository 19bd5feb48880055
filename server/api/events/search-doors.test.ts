import type { TRPCError } from '@trpc/server';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filterOf } from '../../cli/events/filter-options';
import { newEvent, openTestHistory, type TestHistory } from '../../history/events.test-support';
import { encodeCursor } from '../../history/search/cursor';
import type { QueryOptions } from '../../history/query-types';
import { parseFeedRequest } from '../../live/feeds/feed-request';
import { provideServices, type Services } from '../../services';
import { listEvents } from './events';
import { exportEvents } from './export';
import { answer } from '../rest/http';
import { AS_OPERATOR, OPERATOR } from '../trpc/principal.test-support';
import { filterFromParams } from '../rest/query-params';
import { appRouter } from '../router';
import { facetsOf, histogramOf } from './summary';

const HOSTILE: readonly string[] = [
  '"',
  'a "b',
  '(',
  ')',
  '((a)',
  '('.repeat(2_000),
  `${'('.repeat(2_000)}a${')'.repeat(2_000)}`,
  'NEAR(',
  'NEAR(a b, 5)',
  'a NEAR b',
  '*',
  'a*b*',
  'payload : a',
  '{event_type node} : a',
  '^a',
  'a + b',
  'a AND',
  'OR',
  'NOT',
  '-',
  `${'-'.repeat(3_000)}a`,
  'x'.repeat(100_000),
  'a '.repeat(50_000),
  '\0',
  'a\0b',
  'node:\0',
  '💥',
  '👩‍👩‍👧 done🧠now',
  'مرحبا بالعالم',
  '\u202eabc',
  '\ud83d',
  "'; DROP TABLE events; --",
  'payload.__proto__.x=1',
  'payload.constructor>1',
  'payload.a.b.c.d.e.f.g=1',
  'payload.x>1e999',
  'after:99999999999w',
  'before:9999-99-99',
  'id:nonsense',
  'node:"\\',
  '%00%22',
];

/** What the routes of the same names do behind their doors. */
const paramsOf = ({ url }: Request): URLSearchParams => new URL(url).searchParams;
const filterIn = (request: Request) => filterFromParams(paramsOf(request));
const getEvents = (request: Request) =>
  answer(async () => {
    const cursor = paramsOf(request).get('cursor') ?? undefined;
    return listEvents(filterIn(request), { order: 'desc', limit: 100, cursor }, request.signal);
  });
const getFacets = (request: Request) =>
  answer(async () => facetsOf(filterIn(request), { exact: false, values: 12 }, request.signal));
const getHistogram = (request: Request) =>
  answer(async () => histogramOf(filterIn(request), { buckets: 60, exact: false }, request.signal));
const getExport = (request: Request) => answer(() => exportEvents(request, OPERATOR, { body: true }));

let test: TestHistory;
const logged: string[] = [];

beforeAll(async () => {
  test = await openTestHistory();
  const texts = ['out of memory', 'done🧠now', 'مرحبا', 'NEAR AND OR', 'a"b'];
  await test.history.append(texts.map((reason, n) => newEvent({ payload: { reason, n } })));
  provideServices({
    history: test.history,
    access: { principal: () => Promise.resolve(AS_OPERATOR.principal) },
    log: pino({}, { write: (line: string) => void logged.push(line) }),
  } as unknown as Services);
});
afterAll(() => test.close());

/** As it arrives: half a surrogate pair cannot be sent. */
const wellFormed = (text: string): string => Buffer.from(text).toString();
const asked = (path: string, q: string, more = ''): Request =>
  new Request(`http://localhost/api/events${path}?q=${encodeURIComponent(wellFormed(q))}${more}`);
const caller = appRouter.createCaller(AS_OPERATOR);

/** Of an answer of REST: whether it answered, or what it explained. */
async function outcome(response: Response): Promise<string> {
  if (response.status === 200) {
    await response.text();
    return 'answered';
  }
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return `${String(response.status)} ${error.code} ${error.message === '' ? '' : 'explained'}`;
}

const explained = (error: unknown, code: string): string =>
  `${code} ${(error as Error).message === '' ? '' : 'explained'}`;

describe('hostile text', () => {
  it.each(HOSTILE)('is answered or explained at every door: %.30j', async (q) => {
    const rest = await Promise.all([
      getEvents(asked('', q)).then(outcome),
      getFacets(asked('/facets', q)).then(outcome),
      getHistogram(asked('/histogram', q)).then(outcome),
      getExport(asked('/export', q)).then(outcome),
    ]);
    const list = await caller.events.list({ filter: { q: wellFormed(q) } }).then(
      () => 'answered',
      (error: unknown) => explained(error, (error as TRPCError).code),
    );
    const feed = parseFeedRequest({ feed_id: 'f', shape: 'row', filter: { q }, after_seq: null, limit: 10 });
    const cli = await Promise.resolve()
      .then(() => filterOf({ query: wellFormed(q) }))
      .then(
        () => 'answered',
        (error: unknown) => explained(error, (error as Error).name),
      );
    const expected = rest[0] === 'answered' ? 'answered' : '400 bad_request explained';
    expect(rest).toEqual([expected, expected, expected, expected]);
    expect(list).toBe(expected === 'answered' ? 'answered' : 'BAD_REQUEST explained');
    expect('request' in feed).toBe(expected === 'answered');
    expect([cli, logged]).toEqual([expected === 'answered' ? 'answered' : 'CliError explained', []]);
  });

  it.each([
    ['NEAR', 1],
    ['مرحبا', 1],
    ['done🧠now', 1],
    ['"out of memory"', 1],
  ])('is found as text where it is text: %s', async (q, count) => {
    const { events } = await caller.events.list({ filter: { q } });
    expect(events).toHaveLength(count);
  });
});

describe('a cursor', () => {
  const page = async (cursor: string): Promise<{ status: number; seqs: number[] }> => {
    const response = await getEvents(asked('', '', `&cursor=${encodeURIComponent(cursor)}`));
    const { events = [] } = (await response.json()) as { events?: { seq: number }[] };
    return { status: response.status, seqs: events.map(({ seq }) => seq) };
  };

  it.each([
    'nonsense',
    'desc:5',
    '',
    encodeCursor(3, 'asc'),
    btoa('desc:-1'),
    btoa('desc:1e9'),
    'x'.repeat(5_000),
  ])('that is none is refused: %.20j', async (cursor) => {
    expect(await page(cursor)).toEqual({ status: 400, seqs: [] });
  });

  it('is no more than a place in history: a made-up one shows what any other shows', async () => {
    expect(await page(encodeCursor(4, 'desc'))).toEqual({ status: 200, seqs: [3, 2, 1] });
    expect(await page(encodeCursor(1e15, 'desc'))).toEqual({ status: 200, seqs: [5, 4, 3, 2, 1] });
    expect(await page(encodeCursor(0, 'desc'))).toEqual({ status: 200, seqs: [] });
  });
});

describe('a caller who leaves', () => {
  const waiting: AbortSignal[] = [];
  /** A search that goes on until nobody waits. */
  const endless = (_filter: unknown, _options: QueryOptions, signal?: AbortSignal): Promise<never> =>
    new Promise((_, reject) => {
      if (signal) waiting.push(signal);
      signal?.addEventListener('abort', () =>
        reject(Object.assign(new Error('nobody waits'), { name: 'CancelledError' })),
      );
    });

  it('ends the search, at both doors, and nothing is logged as a failure', async () => {
    provideServices({
      history: { query: endless, countUpTo: endless },
      access: { principal: () => Promise.resolve(AS_OPERATOR.principal) },
      log: pino({}, { write: (line: string) => void logged.push(line) }),
    } as unknown as Services);
    const leaving = new AbortController();
    const url = 'http://localhost/api/events?q=payload.x%3E1';
    const rest = getEvents(new Request(url, { signal: leaving.signal }));
    const list = appRouter
      .createCaller(AS_OPERATOR, { signal: leaving.signal })
      .events.list({ filter: { q: 'payload.x>1' } })
      .catch((error: unknown) => (error as TRPCError).code);
    await expect.poll(() => waiting.length).toBe(2);
    leaving.abort();
    expect([(await rest).status, await list, logged]).toEqual([499, 'CLIENT_CLOSED_REQUEST', []]);
  });
});
