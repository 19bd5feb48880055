import { expect } from '@playwright/test';
import { RingsideServer } from './server';

/** One server for the tests of a file that share it, from the first of them until a test of another file comes. */
export class SharedServer {
  #server: RingsideServer | null = null;
  #file = '';

  /** Ends the server of another file, so that no idle one takes its part of a core. */
  async keepFor(file: string): Promise<void> {
    if (file !== this.#file) await this.dispose();
    this.#file = file;
  }

  /** Fails when `use` leaves an error in the log behind. */
  async lend(use: (server: RingsideServer) => Promise<void>): Promise<void> {
    const server = (this.#server ??= await start());
    await use(server);
    await server.logged();
    expect(server.freshErrors(), 'errors in the server log').toEqual([]);
  }

  async dispose(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = null;
    await server.dispose();
    expect(server.freshErrors(), 'errors in the server log').toEqual([]);
  }
}

async function start(): Promise<RingsideServer> {
  const server = new RingsideServer();
  await server.start();
  return server;
}
