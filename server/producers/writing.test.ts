import { createServer } from 'node:http';
import type { AddressInfo, Socket as Connection } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { io } from 'socket.io-client';
import { expect, it } from 'vitest';
import { writtenTogether, type WritingConnection } from './writing';

const ANSWERS = 20;

const connectionOf = ({ transport }: { readonly transport: object }): Connection =>
  (transport as { socket: { _socket: Connection } }).socket._socket;

/** How many writes of a connection it takes to answer 20 calls in one turn of the event loop. */
async function writesFor(transports: string[], prepare: (connection: WritingConnection) => void) {
  const http = createServer();
  const server = new Server(http);
  let writes = 0;
  const waiting: (() => void)[] = [];
  server.on('connection', (socket: Socket) => {
    prepare(socket.conn);
    socket.on('ask', (at: number, answer: (at: number) => void) => {
      if (waiting.push(() => answer(at)) < ANSWERS) return;
      count(connectionOf(socket.conn));
      for (const each of waiting) each();
    });
  });
  const count = (connection: Connection): void => {
    for (const name of ['_write', '_writev'] as const) {
      const write = connection[name]?.bind(connection) as (...given: unknown[]) => void;
      const counted = (...given: unknown[]): void => {
        writes++;
        write(...given);
      };
      Object.assign(connection, { [name]: counted });
    }
  };
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const client = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, { transports });
  await new Promise<void>((resolve) => {
    const websocket = (): boolean => client.io.engine.transport.name === 'websocket';
    client.once('connect', () =>
      websocket() ? resolve() : client.io.engine.once('upgrade', () => resolve()),
    );
  });
  const answers = await Promise.all(
    Array.from({ length: ANSWERS }, (_, at) => client.emitWithAck('ask', at) as Promise<number>),
  );
  client.close();
  await server.close();
  return { answers, writes };
}

it.each([[['websocket']], [['polling', 'websocket']]])(
  'over %s answers leave together',
  async (transports) => {
    const alone = await writesFor(transports, () => undefined);
    const together = await writesFor(transports, writtenTogether);
    expect(alone.writes).toBeGreaterThanOrEqual(ANSWERS);
    expect(together.writes).toBeLessThan(5);
    for (const { answers } of [alone, together])
      expect(answers).toEqual(Array.from({ length: ANSWERS }, (_, at) => at));
  },
);
