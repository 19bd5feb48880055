import { CloudEvent, emitterFor, httpTransport, Mode } from 'cloudevents';
import { io, type Socket } from 'socket.io-client';
import type { ProducerToServer, PublishAnswer, ServerToProducer } from '../domain/realtime/producers';
import { expect, test } from './support/fixtures';
import { makeKey } from './support/keys';
import { allEvents } from './support/rest';

type Producer = Socket<ServerToProducer, ProducerToServer>;

function producer(url: string, headers: Record<string, string> = {}, auth: object = {}): Producer {
  return io(`${url}/producers`, {
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: headers,
    auth,
    forceNew: true,
  });
}

/** The reason of a refusal; null when the socket was let in. */
function refusalOf(socket: Producer): Promise<string | null> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(null));
    socket.once('connect_error', (error: Error & { data?: { code: string } }) => {
      socket.close();
      resolve(error.data?.code ?? error.message);
    });
  });
}

const event = (at: number) => ({ event_type: 'work_queued', source: 'sim', payload: { work_id: `w${at}` } });
const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });

test('CloudEvents in each mode of the official SDK, lines of JSON and a socket bring equal events', async ({
  ringside,
}) => {
  const sent = {
    type: 'elo_updated',
    source: 'gh200-a/evaluator',
    time: '2026-11-27T10:00:00.250Z',
    hostname: 'gh200-a',
    data: { config_key: 'hex8_2p', new_elo: 1634.5, nested: { list: [1, 'ü', null] } },
  };
  const url = `${ringside.url}/api/events`;
  for (const mode of [Mode.BINARY, Mode.STRUCTURED])
    await emitterFor(httpTransport(url), { mode })(new CloudEvent({ ...sent, id: `sdk-${mode}` }));
  const post = (type: string, body: string): Promise<PublishAnswer> =>
    fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body }).then(
      (response) => response.json() as Promise<PublishAnswer>,
    );
  const batch = ['b1', 'b2', 'b1'].map((id) => new CloudEvent({ ...sent, id }));
  expect(await post('application/cloudevents-batch+json', JSON.stringify(batch))).toMatchObject({
    accepted: 2,
    duplicates: 1,
  });

  const plain = {
    event_type: sent.type,
    source: sent.source,
    hostname: sent.hostname,
    timestamp: Date.parse(sent.time) / 1000,
    payload: sent.data,
  };
  const lines = [{ ...plain, idempotency_key: 'l1' }, { event_type: 5 }, { ...plain, idempotency_key: 'l2' }];
  expect(
    await post('application/x-ndjson', lines.map((line) => JSON.stringify(line)).join('\n')),
  ).toMatchObject({ lines: 3, accepted: 2, rejected: 1, mistakes: [{ line: 2, code: 'malformed_event' }] });

  const socket = producer(ringside.url);
  const answer = await socket.emitWithAck('publish', { ...plain, idempotency_key: 's1' });
  expect(answer).toMatchObject({ accepted: 1, results: [{ status: 'stored' }] });
  expect(await socket.emitWithAck('publish', 'text')).toMatchObject({ rejected: 1 });
  const untyped = socket as unknown as { emitWithAck(name: string, ...given: unknown[]): Promise<unknown> };
  for (const wrong of [[], [event(1), event(2)]])
    expect(await untyped.emitWithAck('publish', ...wrong)).toMatchObject({ error: { code: 'bad_request' } });
  expect(await socket.emitWithAck('publish', Array(1_001).fill(event(1)))).toMatchObject({
    error: { code: 'too_large' },
  });
  socket.close();

  const stored = await allEvents(ringside.url);
  expect(stored).toHaveLength(7);
  const [first] = stored;
  expect(first).toMatchObject({ event_type: 'ELO_UPDATED', payload: sent.data, source: sent.source });
  const own = ({ event_id: _id, seq: _seq, ...rest }: (typeof stored)[number]) => ({
    ...rest,
    received_at: 0,
    queue_event_id: 0,
  });
  for (const other of stored) expect(own(other)).toEqual(own(stored[0]!));
});

test.describe('with accounts', () => {
  test.use({ access: 'accounts', settings: { RINGSIDE_PUBLISH_RATE: '1000' } });

  test('a producer’s socket needs a key, keeps to its scope and share, and ends with its key', async ({
    ringside,
  }) => {
    const [viewer, operator, limited] = await Promise.all([
      makeKey(ringside, 'viewer'),
      makeKey(ringside, 'operator'),
      makeKey(ringside, 'producer', ['--sources', 'sim']),
    ]);
    expect(await refusalOf(producer(ringside.url))).toBe('unauthorized');
    expect(await refusalOf(producer(ringside.url, bearer('rsk_wrong')))).toBe('unauthorized');
    expect(await refusalOf(producer(ringside.url, bearer(viewer)))).toBe('forbidden');
    const origin = { ...bearer(limited), Origin: 'http://evil.example' };
    expect(await refusalOf(producer(ringside.url, origin))).toBe('websocket error');

    const socket = producer(ringside.url, {}, { key: limited });
    expect(await refusalOf(socket)).toBeNull();
    expect(await socket.emitWithAck('publish', [event(1), { ...event(2), source: 'other' }])).toMatchObject({
      accepted: 1,
      results: [{ status: 'stored' }, { error: { code: 'forbidden' } }],
    });

    // Four times 600 at once: the share of a second is 1,000.
    const many = Array.from({ length: 600 }, (_, at) => event(at + 10));
    const answers = await Promise.all([1, 2, 3, 4].map(() => socket.emitWithAck('publish', many)));
    const refused = answers.filter((answer) => 'error' in answer);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(4);
    expect(refused[0]).toMatchObject({ error: { code: 'too_many_requests', retry_after: 1 } });
    const overHttp = await Promise.all(
      [1, 2, 3].map(() =>
        fetch(`${ringside.url}/api/events`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', ...bearer(operator) },
          body: JSON.stringify(many),
        }),
      ),
    );
    expect(overHttp.map(({ status }) => status).filter((status) => status === 200)).not.toHaveLength(3);
    const late = overHttp.find(({ status }) => status === 429);
    expect(late?.headers.get('retry-after')).toBe('1');

    const told = new Promise((resolve) => socket.once('server:access', resolve));
    const ended = new Promise((resolve) => socket.once('disconnect', resolve));
    expect((await ringside.cli('keys', 'revoke', 'producer')).code).toBe(0);
    const begun = Date.now();
    expect(await told).toMatchObject({ state: 'ended' });
    expect(await ended).toBe('io server disconnect');
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(await refusalOf(socket.connect())).toBe('unauthorized');
  });
});
