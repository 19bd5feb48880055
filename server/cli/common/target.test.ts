import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serverTarget } from './target';

const came: string[] = [];
let server: Server;
let most = 0;
let refused = '';

beforeEach(async () => {
  let underWay = 0;
  came.length = 0;
  [most, refused] = [0, ''];
  server = createServer((request, response) => {
    most = Math.max(most, ++underWay);
    void text(request).then((body) => {
      came.push(body);
      // Long enough for others to come meanwhile.
      setImmediate(() => {
        underWay -= 1;
        response.statusCode = body === refused ? 503 : 200;
        response.end(body === refused ? '{"error":{"message":"history takes no events"}}' : body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

function imported(...batches: number[]) {
  const target = serverTarget(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  if (!('post' in target)) throw new Error('a server is asked by calls');
  return Promise.allSettled(batches.map((batch) => target.post(batch)));
}

it('hands batches to the server one after the other, in their order', async () => {
  const answers = await imported(1, 2, 3, 4, 5);
  expect(answers).toEqual([1, 2, 3, 4, 5].map((value) => ({ status: 'fulfilled', value })));
  expect(came).toEqual(['1', '2', '3', '4', '5']);
  expect(most).toBe(1);
});

it('hands over nothing after a batch that was refused', async () => {
  refused = '2';
  const answers = await imported(1, 2, 3);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(came).toEqual(['1', '2']);
});
