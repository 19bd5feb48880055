import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerUnreadable } from './unreadable';

let http: Server;
beforeAll(async () => {
  http = createServer({ headersTimeout: 20, connectionsCheckingInterval: 10 });
  answerUnreadable(http);
  await once(http.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => void http.close());

it.each([
  ['headers that do not end', 'GET / HTTP/1.1\r\nHost: local', /^HTTP\/1\.1 408 .*"code":"too_slow"/s],
  ['no HTTP', 'GARBAGE\r\n\r\n', /^HTTP\/1\.1 400 .*"code":"bad_request"/s],
])('answers %s with a code that the API has', async (_, sent, answer) => {
  const socket = connect((http.address() as AddressInfo).port, '127.0.0.1');
  socket.write(sent);
  expect(await text(socket)).toMatch(answer);
});
