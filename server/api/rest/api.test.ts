import pino from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { BadQueryError, HistoryUnavailableError } from '../../history/errors';
import { RouterOverloadedError, RouterStoppedError } from '../../router/errors';
import { PartlyStoredError, ProducerLimitError } from '../../producers/errors';
import { Producers } from '../../producers/producers';
import type { PublishRequest, PublishResult } from '../../router/types';
import { provideServices, type Services } from '../../services';
import { ApiError, type ApiErrorCode } from '../refusals/errors';
import { answer } from './http';
import { MAX_BATCH, publishBody as publishAs } from '../incoming/publish';
import { taking } from '../incoming/event';
import { FILTER_PARAMS, filterFromParams, integerParam, paramsOf } from './query-params';
import { readJson } from './read-body';

const published: PublishRequest[] = [];
const logged: string[] = [];
const refused: string[] = [];
beforeEach(() => {
  published.length = logged.length = refused.length = 0;
  const publishBatch = (requests: readonly PublishRequest[]): Promise<PublishResult[]> => {
    published.push(...requests);
    return Promise.resolve(
      requests.map(({ eventType, eventId = 'new' }, index): PublishResult => {
        if (eventType === 'bad name')
          return { status: 'rejected', error: { code: 'event_type', message: 'no' } };
        return { status: eventType === 'TWICE' ? 'duplicate' : 'stored', eventId, seq: index + 1 };
      }),
    );
  };
  const log = pino({}, { write: (line: string) => void logged.push(line) });
  const producers = new Producers({ publish: publishBatch, perSecond: null });
  const router = { refused: (code: string) => void refused.push(code) };
  provideServices({ producers, router, log } as unknown as Services);
});

describe('answer', () => {
  const failing = async (error: Error) => {
    const response = await answer(() => Promise.reject(error));
    return {
      status: response.status,
      retry: response.headers.get('retry-after'),
      body: (await response.json()) as unknown,
    };
  };

  it.each<[ApiErrorCode, number]>([
    ['bad_request', 400],
    ['unauthorized', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['too_slow', 408],
    ['conflict', 409],
    ['too_large', 413],
    ['too_many_requests', 429],
    ['unavailable', 503],
  ])('tells %s with status %i', async (code, status) => {
    const found = await failing(new ApiError(code, 'why'));
    expect(found).toMatchObject({ status, body: { error: { code, message: 'why' } } });
  });

  it.each([
    [new BadQueryError('cursor: no'), 400, 'bad_request'],
    [new HistoryUnavailableError('SQLITE_FULL', '/srv/secret/ringside.db: INSERT INTO'), 503, 'unavailable'],
    [new RouterOverloadedError(5), 503, 'unavailable'],
    [new RouterStoppedError(), 503, 'unavailable'],
    [new TypeError('at /srv/secret.ts: INSERT INTO'), 500, 'internal'],
  ])('translates %s', async (error, status, code) => {
    const found = await failing(error);
    expect(found).toMatchObject({ status, body: { error: { code } }, retry: status === 503 ? '1' : null });
    expect(JSON.stringify(found.body)).not.toMatch(/secret|INSERT|node_modules/);
    expect(logged).toHaveLength(status === 500 ? 1 : 0);
  });

  it('says what is wrong with history where that is known, and what to do', async () => {
    const full = await failing(new HistoryUnavailableError('SQLITE_FULL', 'at /srv'));
    expect(full.body).toMatchObject({
      error: {
        message: expect.stringMatching(
          /^the disk .* is full: free .* Nothing was stored: try again$/,
        ) as string,
      },
    });
    const gone = await failing(new HistoryUnavailableError('reader_failed', 'at /srv'));
    expect(gone.body).toMatchObject({
      error: { message: 'history cannot be reached right now. Nothing was stored: try again' },
    });
  });

  it('says how much of a call is stored where only a part is, and how to send the rest', async () => {
    const part = new PartlyStoredError(200, 500, new HistoryUnavailableError('SQLITE_FULL', 'at /srv'));
    expect(await failing(part)).toMatchObject({
      status: 503,
      retry: '1',
      body: {
        error: {
          code: 'unavailable',
          message: expect.stringMatching(
            /^the disk .* is full: free .*\. Of these 500 events 200 are stored\. Try again with the same event_ids/,
          ) as string,
        },
      },
    });
  });

  it('tells a producer that sends too much when to come back', async () => {
    const found = await failing(new ProducerLimitError('slower', 6_100));
    expect(found).toMatchObject({ status: 429, retry: '7', body: { error: { code: 'too_many_requests' } } });
  });

  it('answers what the work answers', async () => {
    const response = await answer(() => Promise.resolve({ a: 1 }));
    expect([response.status, await response.json()]).toEqual([200, { a: 1 }]);
  });
});

describe('filterFromParams', () => {
  const filter = (query: string) => filterFromParams(new URLSearchParams(query));

  it('takes lists separated or repeated, types in any spelling, times in two forms', () => {
    expect(
      filter('type=new_games,HOST_OFFLINE&type=elo_updated&node=a,b&node=c&severity=error&q=a%20b'),
    ).toEqual({
      type: ['NEW_GAMES_AVAILABLE', 'HOST_OFFLINE', 'ELO_UPDATED'],
      node: ['a', 'b', 'c'],
      severity: ['error'],
      asked: { node: expect.objectContaining({ kind: 'and' }) as unknown, now: expect.any(Number) as number },
    });
    expect(filter('since=1766700000.5&until=2025-12-26T00:00:00Z')).toEqual({
      since: 1_766_700_000.5,
      until: 1_766_707_200,
    });
    expect(filter('until=2025-12-26')).toEqual({ until: 1_766_707_200 });
    expect(filter('type=')).toEqual({});
  });

  it('says that a stretch ends before it begins', () => {
    expect(() => filter('since=1766700001&until=1766700000')).toThrow('since: is later than until');
    expect(filter('since=1766700000&until=1766700000')).toMatchObject({ since: 1_766_700_000 });
  });

  it.each([
    'since=',
    'since=-5',
    'since=soon',
    'until=5 apples',
    'until=2025-13-45',
    'until=2025-02-30',
    'since=1766700000500',
    'severity=loud',
    'category=model,weather',
    `q=${'x'.repeat(4_097)}`,
    'q=node:',
    'q=%28',
    `node=${'x'.repeat(301)}`,
    `node=${'a,'.repeat(201)}`,
  ])('refuses %.40s by name', (query) => {
    const name = query.slice(0, query.indexOf('='));
    expect(() => filter(query)).toThrow(
      expect.objectContaining({
        code: 'bad_request',
        message: expect.stringMatching(new RegExp(`^${name}: .`)) as string,
      }),
    );
  });
});

describe('paramsOf', () => {
  const params = (query: string) =>
    paramsOf({ url: `http://x/api/events?${query}` }, [...FILTER_PARAMS, 'limit']);
  it('takes what the call has, and lists more than once', () => {
    expect([...params('type=a&type=b&limit=5&q=x').keys()]).toEqual(['type', 'type', 'limit', 'q']);
  });
  it.each([
    ['limt=5', 'limt: no parameter of this call, which takes type, category, '],
    ['type[]=a', 'type[]: no parameter'],
    ['limit=5&limit=6', 'limit: give it once'],
    ['q=a&q=b', 'q: give it once'],
  ])('refuses %s', (query, message) => {
    expect(() => params(query)).toThrow(
      expect.objectContaining({ code: 'bad_request', message: expect.stringContaining(message) as string }),
    );
  });
});

describe('what was said of a mistake', () => {
  const said = (event: unknown) => {
    const taken = taking(event, undefined);
    return 'rejected' in taken ? taken.rejected.error.message : null;
  };
  it.each([
    [null, 'give an object, not null'],
    [{}, 'event_type: missing: give text'],
    [{ event_type: 5, payload: {} }, 'event_type: give text, not a number'],
    [{ event_type: 'a' }, 'payload: must be a JSON object'],
    [{ event_type: 'a', payload: {}, timestamp: '2026' }, 'timestamp: give a number, not text'],
    [{ event_type: 'a', payload: {}, foo: 1, bar: 2 }, 'there is no field foo, bar'],
  ])('%j: %s', (event, message) => expect(said(event)).toBe(message));
  it('a choice has its values', () => {
    expect(() => filterFromParams(new URLSearchParams('severity=loud'))).toThrow(
      'severity: give debug, info, warning, error or critical',
    );
  });
});

describe('integerParam', () => {
  const limit = (query: string) =>
    integerParam(new URLSearchParams(query), 'limit', { min: 1, max: 10, default: 5 });
  it('takes a whole number within bounds, or the default', () => {
    expect(['', 'limit=1', 'limit=10'].map(limit)).toEqual([5, 1, 10]);
  });
  it.each([
    'limit=',
    'limit=0',
    'limit=11',
    'limit=1.5',
    'limit=x',
    'limit=Infinity',
    'limit=1e0',
    'limit=0x5',
  ])('refuses %s', (query) => {
    expect(() => limit(query)).toThrow('limit: give a whole number from 1 to 10');
  });
});

describe('readJson', () => {
  const post = (body: BodyInit | null, type = 'application/json') =>
    new Request('http://x/', { method: 'POST', body, headers: { 'content-type': type } });
  const refusal = (code: string) => expect.objectContaining({ name: 'ApiError', code }) as Error;

  it('reads JSON, and keeps dangerous keys as the ordinary members they are', async () => {
    const value = (await readJson(post('{"__proto__": {"admin": true}, "ü": 1}'), 100)) as Record<
      string,
      unknown
    >;
    expect(Object.keys(value)).toEqual(['__proto__', 'ü']);
    expect(value['admin']).toBeUndefined();
    expect(await readJson(post('[]', 'application/cloudevents+json; charset=utf-8'), 100)).toEqual([]);
  });

  it('counts bytes, not what the headers claim', async () => {
    expect(await readJson(post('"üü"'), 6)).toBe('üü');
    await expect(readJson(post('"üü"'), 5)).rejects.toThrow(refusal('too_large'));
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1_000)),
    });
    const request = new Request('http://x/', {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    } as RequestInit);
    await expect(readJson(request, 5_000)).rejects.toThrow(refusal('too_large'));
  });

  it.each<[string, BodyInit | null, string?, string?]>([
    ['broken JSON', '{"a": '],
    ['nothing', null],
    ['text that is not UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['a form', 'a=1', 'application/x-www-form-urlencoded'],
    ['plain text', '{}', 'text/plain'],
    ['multipart', '{}', 'multipart/form-data; boundary=x'],
    ['what is said to be compressed', '{}', 'application/json', 'gzip'],
  ])('refuses %s', async (_what, body, type, encoding) => {
    const request = post(body, type);
    if (encoding !== undefined) request.headers.set('content-encoding', encoding);
    await expect(readJson(request, 100)).rejects.toThrow(refusal('bad_request'));
  });
});

describe('publishBody', () => {
  const publishBody = (body: unknown) => publishAs(body, { caller: 'test' });
  const good = { event_type: 'HOST_ONLINE', payload: {} };

  it('answers each event in its place; a malformed one leaves the others alone', async () => {
    const found = await publishBody([
      good,
      { ...good, payload: [] },
      { ...good, event_type: 'TWICE' },
      'text',
      { ...good, event_type: 'bad name' },
    ]);
    expect(found).toEqual({
      accepted: 1,
      duplicates: 1,
      rejected: 3,
      results: [
        { status: 'stored', event_id: 'new', seq: 1 },
        {
          status: 'rejected',
          error: { code: 'malformed_event', message: expect.stringMatching(/^payload: ./) as string },
        },
        { status: 'duplicate', event_id: 'new', seq: 2 },
        {
          status: 'rejected',
          error: { code: 'malformed_event', message: expect.stringMatching(/./) as string },
        },
        { status: 'rejected', error: { code: 'event_type', message: 'no' } },
      ],
    });
    expect(published).toHaveLength(3);
    // The router counts those that it refuses itself.
    expect(refused).toEqual(['malformed_event', 'malformed_event']);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a number', 5],
    ['no type', { payload: {} }],
    ['no payload', { event_type: 'A' }],
    ['a payload of null', { ...good, payload: null }],
    ['an unknown field', { ...good, colour: 'red' }],
    [
      'a key __proto__ beside the fields',
      JSON.parse('{"event_type": "A", "payload": {}, "__proto__": {"x": 1}}'),
    ],
    ['a time that is text', { ...good, timestamp: 'now' }],
    ['an empty idempotency key', { ...good, idempotency_key: '' }],
    ['a source without end', { ...good, source: 'x'.repeat(201) }],
  ])('rejects %s', async (_what, event) => {
    expect(await publishBody(event)).toMatchObject({
      rejected: 1,
      results: [{ error: { code: 'malformed_event' } }],
    });
    expect(published).toEqual([]);
  });

  it('leaves it to the router whether a time is one, which has a code for that', async () => {
    for (const timestamp of [-1, 0, 1_766_700_000_000]) await publishBody({ ...good, timestamp });
    expect(published).toHaveLength(3);
  });

  it('passes on all that an event says of itself', async () => {
    await publishBody({
      ...good,
      source: 's',
      hostname: 'h',
      event_id: 'e',
      idempotency_key: 'k',
      timestamp: 5,
      correlation_id: 'c',
      parent_event_id: 'p',
    });
    expect(published).toEqual([
      {
        eventType: 'HOST_ONLINE',
        payload: {},
        source: 's',
        hostname: 'h',
        eventId: 'e',
        idempotencyKey: 'k',
        timestamp: 5,
        correlationId: 'c',
        parentEventId: 'p',
      },
    ]);
  });

  it('takes an empty batch, and no more events than a call may have', async () => {
    expect(await publishBody([])).toMatchObject({ accepted: 0, results: [] });
    expect((await publishBody(Array(MAX_BATCH).fill(good))).accepted).toBe(MAX_BATCH);
    await expect(publishBody(Array(MAX_BATCH + 1).fill(good))).rejects.toMatchObject({ code: 'too_large' });
  });
});
