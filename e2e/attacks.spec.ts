import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { io } from 'socket.io-client';
import { expect, test } from './support/fixtures';
import { allEvents, totalOf } from './support/rest';

test.use({ shares: true });

const FORMS = {
  'application/x-www-form-urlencoded': 'event_type=host_offline&payload=%7B%7D',
  'text/plain': '{"event_type":"host_offline","payload":{}}',
  'multipart/form-data; boundary=x':
    '--x\r\nContent-Disposition: form-data; name="event_type"\r\n\r\nhost_offline\r\n--x--\r\n',
};
const JSON_TYPE = { 'content-type': 'application/json' };

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** As `fetch`, which lets nobody choose Host or Origin. */
function send(
  url: string,
  method: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** How long headers drip: nearly until the server's limit. A drip that met its close would reset the connection, answer and all. */
const DRIP_MS = 9_000;

/** What the server says to headers that never end, once it has closed the connection. */
function slowHeaders(url: string): Promise<string> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\n'));
    const drip = setInterval(() => socket.write('X-A: b\r\n'), 500);
    setTimeout(() => clearInterval(drip), DRIP_MS);
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.on('error', reject);
    socket.on('close', () => {
      clearInterval(drip);
      resolve(text);
    });
  });
}

const opens = (url: string, extraHeaders: Record<string, string>): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = io(url, { transports: ['websocket'], extraHeaders, reconnection: false, forceNew: true });
    const settle = (open: boolean): void => {
      socket.close();
      resolve(open);
    };
    socket.once('connect', () => settle(true));
    socket.once('connect_error', () => settle(false));
  });

test('other sites reach nothing: not by form, rebinding or WebSocket', async ({ ringside }) => {
  const { url } = ringside;
  const before = await totalOf(url);
  const slow = slowHeaders(url);
  const doors = ['/api/events', '/api/import', '/api/trpc/retention.set', '/api/trpc/views.save'];
  const foreign = { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' };
  for (const door of doors)
    for (const [type, body] of Object.entries(FORMS)) {
      const what = `${door} ${type}`;
      // A form of another site, one whose browser says nothing of where it is from, and one of the own site.
      expect((await send(url + door, 'POST', { 'content-type': type, ...foreign }, body)).status, what).toBe(
        403,
      );
      expect(
        (await send(url + door, 'POST', { 'content-type': type }, body)).status,
        what,
      ).toBeGreaterThanOrEqual(400);
      const own = { 'content-type': type, origin: url, 'sec-fetch-site': 'same-origin' };
      expect((await send(url + door, 'POST', own, body)).status, what).toBeGreaterThanOrEqual(400);
    }
  for (const host of ['evil.example', `evil.example:${new URL(url).port}`, 'localhost.evil.example'])
    for (const path of ['/', '/api/events', '/api/events/export', '/api/trpc/events.facets', '/metrics'])
      expect((await send(url + path, 'GET', { host })).status, `${host} ${path}`).toBe(403);
  for (const namespace of [url, `${url}/producers`]) {
    expect(await opens(namespace, {})).toBe(true);
    expect(await opens(namespace, { origin: 'http://evil.example' })).toBe(false);
    expect(await opens(namespace, { origin: 'null' })).toBe(false);
    expect(await opens(namespace, { origin: 'http://localhost:1' })).toBe(false);
    expect(await opens(namespace, { origin: url })).toBe(true);
    expect(await opens(namespace, { host: 'evil.example' })).toBe(false);
  }
  expect(await totalOf(url)).toBe(before);
  expect(await slow).toMatch(/^HTTP\/1\.1 408 /);
});

test('bodies made to hurt are answered with a sentence, and the next request as ever', async ({
  ringside,
}) => {
  const { url } = ringside;
  const events = `${url}/api/events`;
  const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
  const cloud = { 'content-type': 'application/cloudevents+json' };
  const attributes = '"specversion":"1.0","id":"1","source":"s","type":"t"';
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, '[')); // 64 kB
  const attacks: [string, string, Record<string, string>, string | Buffer, RegExp][] = [
    ['deep JSON', events, JSON_TYPE, deep, /too_large|malformed_event/],
    ['a deep payload', events, JSON_TYPE, `{"event_type":"a","payload":{"a":${deep}}}`, /payload_too_deep/],
    ['deep lines', events, { 'content-type': 'application/x-ndjson' }, deep, /malformed_event/],
    ['deep data', events, cloud, `{${attributes},"data":{"a":${deep}}}`, /payload_too_deep/],
    ['deep input', `${url}/api/trpc/retention.set`, JSON_TYPE, deep, /BAD_REQUEST/],
    ['huge data', events, cloud, `{${attributes},"data":{"a":"${'x'.repeat(9e6)}"}}`, /too_large/],
    ['a bomb', events, { ...JSON_TYPE, 'content-encoding': 'gzip' }, bomb, /not compressed/],
    [
      'a bomb of lines',
      events,
      { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
      bomb,
      /not compressed/,
    ],
    [
      'a bomb for tRPC',
      `${url}/api/trpc/retention.set`,
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      bomb,
      /BAD_REQUEST|PARSE_ERROR/,
    ],
  ];
  for (const [what, address, headers, body, expected] of attacks) {
    const { status, text } = await send(address, 'POST', headers, body);
    expect(text, what).toMatch(expected);
    expect(status, what).toBeLessThan(500);
    expect(text, what).not.toMatch(/node_modules|at .*:\d+|\.ts\b/);
  }
  const calls = Array.from({ length: 5_000 }, () => 'events.facets').join(',');
  const batch = await send(`${url}/api/trpc/${calls}?batch=1`, 'GET').catch(() => ({
    status: 431,
    text: '',
  }));
  expect(batch.status).toBeGreaterThanOrEqual(400);
  const short = Array.from({ length: 21 }, () => 'events.facets').join(',');
  const tooMany = await send(`${url}/api/trpc/${short}?batch=1`, 'GET');
  expect(tooMany).toMatchObject({ status: 400, text: expect.stringMatching(/batch/i) });
  expect((await send(`${url}/healthz`, 'GET')).status).toBe(200);
});

test('names of prototypes, forged cursors and old confirmations change nothing', async ({ ringside }) => {
  const { url } = ringside;
  const post = (path: string, body: string) => send(url + path, 'POST', JSON_TYPE, body);
  const dirt = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';
  const before = await totalOf(url);
  for (const body of [
    `{"event_type":"work_queued","payload":{${dirt},"work_id":"__proto__"}}`,
    `{"event_type":"MODEL_PROMOTED","payload":{"model_id":"constructor","config_key":"__proto__",${dirt}}}`,
    `{"event_type":"__proto__","payload":{},${dirt}}`,
    `[{"event_type":"host_offline","payload":{"node_id":"__proto__"},"__proto__":{"source":"x"}}]`,
  ])
    expect((await post('/api/events', body)).status).toBe(200);
  expect(await totalOf(url)).toBe(before + 2);
  await post('/api/trpc/views.save', `{"name":"a","address":"/","starred":false,${dirt}}`);
  await send(`${url}/api/events?__proto__[polluted]=1&constructor.prototype.polluted=1`, 'GET');
  for (const name of ['__proto__', 'constructor', 'toString'])
    expect((await send(`${url}/api/state/${name}`, 'GET')).status, name).toBe(404);
  // A polluted prototype would show in every object that the server makes.
  for (const path of ['/api/state/overview', '/healthz', '/api/views'])
    expect((await send(url + path, 'GET')).text).not.toContain('polluted');

  await post(
    '/api/events',
    JSON.stringify(
      Array.from({ length: 5 }, (_, at) => ({ event_type: 'host_online', payload: { node_id: `n${at}` } })),
    ),
  );
  const page = JSON.parse((await send(`${url}/api/events?limit=2`, 'GET')).text) as { next_cursor: string };
  const forged = [
    `${page.next_cursor}x`,
    page.next_cursor.slice(1),
    '../../etc/passwd',
    "1' OR 1=1 --",
    '9'.repeat(400),
    ...['desc:-1', 'desc:1e3', 'desc:99999999999999999', 'desc:1 OR 1=1'].map((text) => btoa(text)),
  ];
  for (const cursor of forged) {
    const found = await send(`${url}/api/events?limit=2&cursor=${encodeURIComponent(cursor)}`, 'GET');
    expect([found.status, found.text.length < 300], cursor).toEqual([400, true]);
  }
  const other = await send(
    `${url}/api/events?limit=2&order=asc&cursor=${encodeURIComponent(page.next_cursor)}`,
    'GET',
  );
  expect(other.status).toBe(400);

  const [OLD, NEW] = ['hex8_2p_v7', 'hex8_2p_v8'];
  await post(
    '/api/events',
    JSON.stringify({
      event_type: 'MODEL_PROMOTED',
      payload: { model_id: OLD, config_key: 'hex8_2p', elo: 1500 },
    }),
  );
  const evaluation = { config_key: 'hex8_2p', model_id: NEW, elo: 1600, win_rate: 0.6, games_played: 400 };
  await post('/api/events', JSON.stringify({ event_type: 'EVALUATION_COMPLETED', payload: evaluation }));
  const confirmation = {
    key: 'pressed-0001',
    model_id: NEW,
    confirm: NEW,
    reason: 'better',
    expected_champion: OLD,
  };
  const promote = (change: object = {}) =>
    post('/api/trpc/actions.promote', JSON.stringify({ ...confirmation, ...change }));
  expect((await promote()).status).toBe(200);
  const rollback = {
    key: 'pressed-0002',
    model_id: NEW,
    rollback_to: OLD,
    confirm: NEW,
    reason: 'worse',
    expected_champion: NEW,
  };
  expect((await post('/api/trpc/actions.rollback', JSON.stringify(rollback))).status).toBe(200);
  // The same confirmation again is the same press; under another key it is judged against what is true now.
  expect((await promote()).text).toContain('"repeated":true');
  expect((await promote({ key: 'pressed-0003' })).status).toBe(409);
  expect((await promote({ reason: 'something else' })).status).toBe(409);
  const ours = await allEvents(url, '&source=ringside&type=MODEL_PROMOTED');
  expect(ours).toHaveLength(1);
});
