import { CloudEvent, HTTP, type Message } from 'cloudevents';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Producers } from '../../producers/producers';
import type { PublishRequest, PublishResult } from '../../router/types';
import { provideServices, type Services } from '../../services';
import type { PublishAnswer } from '../../../domain/realtime/producers';
import type { Scope } from '../../../domain/access/principal';
import { receive } from './receive';

const published: PublishRequest[] = [];
beforeEach(() => {
  published.length = 0;
  const publishBatch = (requests: readonly PublishRequest[]): Promise<PublishResult[]> => {
    published.push(...requests);
    return Promise.resolve(
      requests.map((_request, index): PublishResult => ({ status: 'stored', eventId: 'e', seq: index + 1 })),
    );
  };
  const producers = new Producers({ publish: publishBatch, perSecond: null });
  const router = { refused: () => undefined };
  provideServices({ producers, router } as unknown as Services);
});

const post = (message: { headers: unknown; body: unknown }, scope?: Scope): Promise<PublishAnswer> =>
  receive(
    new Request('http://x/', {
      method: 'POST',
      headers: message.headers as Record<string, string>,
      body: message.body as string,
    }),
    { caller: 'test', scope },
  ) as Promise<PublishAnswer>;
const structured = (event: unknown, type = 'application/cloudevents+json') =>
  post({ headers: { 'content-type': type }, body: JSON.stringify(event) });
const batch = (events: unknown) => structured(events, 'application/cloudevents-batch+json');

const plain = {
  specversion: '1.0',
  id: '1',
  source: 'gh200-a/selfplay',
  type: 'new_games',
  time: '2026-11-27T10:00:00.123456Z',
  hostname: 'gh200-a',
  correlationid: 'run-7',
  causationid: 'cause-1',
  data: { config_key: 'hex8_2p' },
};

describe('CloudEvents', () => {
  const name = fc.stringMatching(/^[a-z0-9/_-]{1,30}$/);
  const sent = fc.record({
    id: name,
    source: name,
    type: name,
    time: fc
      .date({ min: new Date(1e9), max: new Date(4e12), noInvalidDate: true })
      .map((at) => at.toISOString()),
    data: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }),
  });

  it('are one event in each mode that the official SDK sends', async () => {
    await fc.assert(
      fc.asyncProperty(sent, async (attributes) => {
        const event = new CloudEvent({ ...attributes, hostname: 'h', correlationid: 'c' });
        const messages: Message[] = [
          HTTP.binary(event),
          HTTP.structured(event),
          {
            headers: { 'content-type': 'application/cloudevents-batch+json' },
            body: JSON.stringify([event]),
          },
        ];
        for (const message of messages) {
          published.length = 0;
          expect(await post(message)).toMatchObject({ accepted: 1, rejected: 0 });
          expect(published).toEqual([
            {
              eventType: attributes.type,
              source: attributes.source,
              payload: JSON.parse(JSON.stringify(attributes.data)) as unknown,
              timestamp: Date.parse(attributes.time) / 1000,
              idempotencyKey: expect.stringMatching(/^cloudevent:.{43}$/) as string,
              hostname: 'h',
              correlationId: 'c',
            },
          ]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keep microseconds, have no time where they say none, and leave out what an event has no place for', async () => {
    await structured(plain);
    await structured({ ...plain, time: undefined, subject: 's', traceparent: 't', dataschema: 'http://x' });
    expect(published[0]).toMatchObject({
      timestamp: 1_795_773_600.123456,
      correlationId: 'run-7',
      parentEventId: 'cause-1',
    });
    expect(published[1]).not.toHaveProperty('timestamp');
  });

  it('are told by source and id together', async () => {
    await batch([plain, { ...plain, data: {} }, { ...plain, source: 'b' }, { ...plain, id: '2' }]);
    const [first, again, ...others] = published.map(({ idempotencyKey }) => idempotencyKey);
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });

  it('are taken with parameters in the media type, escaped headers, and data in base64', async () => {
    await structured(plain, 'application/cloudevents+json; charset=UTF-8');
    await structured({ ...plain, data: undefined, data_base64: btoa('{"a":1}') });
    await post({
      headers: {
        'content-type': 'application/json',
        'ce-specversion': '1.0',
        'ce-id': '"a \\"b\\""',
        'ce-source': 'gh200-a',
        'ce-correlationid': 'gr%C3%BC%C3%9Fe',
        'ce-type': 'new_games',
      },
      body: '{}',
    });
    expect(published.map(({ payload }) => payload)).toEqual([{ config_key: 'hex8_2p' }, { a: 1 }, {}]);
    expect(published[2]?.correlationId).toBe('grüße');
  });

  it.each<[string, Record<string, unknown>]>([
    ['id is missing', { id: null }],
    ['data_base64: must be text in base64', { data: undefined, data_base64: '{"a":1}' }],
    ['data_base64: not valid JSON: Unexpected', { data: undefined, data_base64: btoa('text') }],
    ['data and data_base64: a CloudEvent has one of them', { data_base64: btoa('{"a":1}') }],
    ['id is missing', { id: '' }],
    ['source', { source: 5 }],
    ['type is missing', { type: undefined }],
    ['specversion must be 1.0', { specversion: '0.3' }],
    ['time: give a time of RFC 3339, such as', { time: 'soon' }],
    ['time: give a time of RFC 3339, such as', { time: '2026-02-30T00:00:00Z' }],
    ['data: must be a JSON object', { data: [1] }],
    ['data: must be a JSON object', { data: undefined }],
    ['invalid extension name', { 'Not-Good': 1 }],
    ['hostname', { hostname: 'x'.repeat(201) }],
    ['source', { source: 'x'.repeat(201) }],
  ])('with a mistake are rejected with %j, and leave the others alone', async (message, change) => {
    const answer = await batch([{ ...plain, ...change }, plain, 'text']);
    expect(answer).toMatchObject({ accepted: 1, rejected: 2 });
    const [wrong] = answer.results;
    expect(wrong).toMatchObject({ error: { code: 'malformed_event' } });
    expect(wrong && 'error' in wrong && wrong.error.message).toContain(message);
    expect(wrong && 'error' in wrong && wrong.error.message).not.toMatch(/\n|node_modules/);
  });

  it('have data in one form only, in structured mode too; null is none', async () => {
    const packed = { ...plain, data_base64: btoa('{"a":1}') };
    const refused = await structured(packed);
    expect(refused).toMatchObject({
      accepted: 0,
      rejected: 1,
      results: [{ error: { code: 'malformed_event' } }],
    });
    expect(await structured({ ...packed, data: null })).toMatchObject({ accepted: 1, rejected: 0 });
  });

  it('have the limits and scopes of other events', async () => {
    const scope = { sources: ['gh200-b'], types: null };
    const answer = await post(HTTP.structured(new CloudEvent(plain)), scope);
    expect(answer.results).toMatchObject([{ error: { code: 'forbidden' } }]);
    await expect(batch(Array(1_001).fill(plain))).rejects.toMatchObject({ code: 'too_large' });
    await expect(batch(plain)).rejects.toMatchObject({ code: 'bad_request' });
    await expect(structured(plain, 'application/cloudevents+avro')).rejects.toMatchObject({
      code: 'bad_request',
    });
  });
});
