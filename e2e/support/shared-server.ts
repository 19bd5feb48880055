import { expect } from '@playwright/test';
import { RingsideServer, type Access } from './server';

/**
 * One server for the tests of a file that share it, from the first of them until a test of another file comes, or one that
 * wants it open where it is not.
 */
export class SharedServer {
  #server: RingsideServer | null = null;
  #whose = '';

  /** Ends the server of another file, so that no idle one takes its part of a core. */
  async keepFor(file: string, access: Access): Promise<void> {
    const whose = `${file} ${access}`;
    if (whose !== this.#whose) await this.dispose();
    this.#whose = whose;
  }

  /** Fails when `use` leaves an error in the log behind. */
  async lend(access: Access, use: (server: RingsideServer) => Promise<void>): Promise<void> {
    const server = (this.#server ??= await start(access));
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

async function start(access: Access): Promise<RingsideServer> {
  const server = new RingsideServer(access);
  await server.start();
  return server;
}
