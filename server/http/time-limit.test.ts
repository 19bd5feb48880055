import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { limitTime } from './time-limit';

const LIMIT_MS = 40;
let server: Server | undefined;
afterEach(() => server?.close());

/** Sends what is given and no more; resolves to all that the server sent once it has closed the connection. */
async function answerTo(head: string, reads: boolean): Promise<string> {
  server = createServer((request, response) => {
    limitTime(request, response, LIMIT_MS);
    if (reads) request.resume().once('end', () => response.end('read'));
    else response.end('refused');
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += String(chunk)));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(head);
  // Node itself lets go of whoever is silent after an answer, but not of whoever goes on sending.
  const drip = reads ? undefined : setInterval(() => socket.write('1\r\nx\r\n'), LIMIT_MS / 4);
  socket.on('error', () => undefined);
  // A body of lines that goes on for longer than the limit, and then ends.
  if (head.includes('ndjson') && reads) setTimeout(() => socket.end('0\r\n\r\n'), LIMIT_MS * 4);
  await closed;
  clearInterval(drip);
  return text;
}

const head = (type: string, connection = 'close'): string =>
  `POST / HTTP/1.1\r\nHost: x\r\nConnection: ${connection}\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n`;

describe('limitTime', () => {
  it('ends a request whose body does not come', async () => {
    expect(await answerTo(head('application/json'), true)).toMatch(/^HTTP\/1.1 408 /);
  });
  it('lets a body of lines go on for as long as it is read', async () => {
    expect(await answerTo(head('application/x-ndjson'), true)).toMatch(/^HTTP\/1.1 200 OK[^]*read/);
  });
  it('but not for longer than its answer', async () => {
    expect(await answerTo(head('application/x-ndjson', 'keep-alive'), false)).toMatch(
      /^HTTP\/1.1 200 OK[^]*refused/,
    );
  });
});
