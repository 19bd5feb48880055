import { afterAll, beforeEach, expect, it } from 'vitest';
import type { EventFilter } from '../../../domain/realtime/contract';
import { newEvent, openTestHistory } from '../../history/events.test-support';
import type { EventPage, QueryOptions } from '../../history/query-types';
import { provideServices, type Services } from '../../services';
import { listEvents } from './events';
import { AS_OPERATOR } from '../trpc/principal.test-support';
import { appRouter } from '../router';

const test = await openTestHistory();
await test.history.append([newEvent(), newEvent()]);
afterAll(() => test.close());

/** What history was asked, and what it answers: a search that came half of its way. */
const asked: { options: QueryOptions; signal: AbortSignal | undefined }[] = [];
let page: EventPage;
beforeEach(async () => {
  asked.length = 0;
  const { events } = await test.history.query({}, { order: 'desc', limit: 1, count: false });
  page = { events, nextCursor: 'on', total: -1, partial: { scannedTo: 57 } };
  const query = (_filter: EventFilter, options: QueryOptions, signal?: AbortSignal) => {
    asked.push({ options, signal });
    return Promise.resolve(page);
  };
  provideServices({ history: { query, headSeq: 100 } } as unknown as Services);
});

const list = (input: { order?: 'asc' | 'desc'; cursor?: string }, signal?: AbortSignal) =>
  appRouter
    .createCaller(AS_OPERATOR, { signal })
    .events.list({ filter: {}, limit: 200, count: false, ...input });

it('says how far it came and where it goes on, and nothing of that once it is through', async () => {
  expect(await list({})).toMatchObject({ next_cursor: 'on', head_seq: 100, scanned_to: 57 });
  const rest = await listEvents({}, { order: 'desc', limit: 10 }, new AbortController().signal);
  expect(rest).toMatchObject({ next_cursor: 'on', scanned_to: 57 });
  page = { ...page, partial: undefined };
  expect(await list({})).not.toHaveProperty('scanned_to');
});

it('answers soon at first and then less often, and never cuts short what fills the list up', async () => {
  for (const order of ['desc', 'asc'] as const)
    for (const cursor of [undefined, 'on']) await list({ order, ...(cursor ? { cursor } : {}) });
  expect(asked.map(({ options: { order, cursor, first, ms } }) => [order, cursor, first, ms])).toEqual([
    ['desc', undefined, 40, 250],
    ['desc', 'on', 250, 1_000],
    ['asc', undefined, 40, undefined],
    ['asc', 'on', 250, undefined],
  ]);
});

it('ends with its caller', async () => {
  const { signal } = new AbortController();
  await list({}, signal);
  await listEvents({}, { order: 'desc', limit: 10 }, signal);
  expect(asked.map((each) => each.signal)).toEqual([signal, signal]);
});
