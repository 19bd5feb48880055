import { expect } from '@playwright/test';
import { RingRiftProcess } from './producer';
import { totalOf } from './rest';
import { RingsideServer } from './server';
import { tellAll } from './story';

/** One server with the whole story told, lent to one test after the other. Between them it stands still and costs nothing. */
export class ToldServer {
  #server: RingsideServer | null = null;

  /** Fails when `look` leaves an event or an error in the log behind. */
  async lend(look: (server: RingsideServer) => Promise<void>): Promise<void> {
    const server = (this.#server ??= await startTold());
    server.resume();
    const events = await totalOf(server.url);
    await look(server);
    expect(await totalOf(server.url), 'events after a test that only looks').toBe(events);
    await server.logged();
    expect(server.freshErrors(), 'errors in the server log').toEqual([]);
    server.pause();
  }

  async dispose(): Promise<void> {
    await this.#server?.dispose();
    expect(this.#server?.freshErrors() ?? [], 'errors in the server log').toEqual([]);
  }
}

async function startTold(): Promise<RingsideServer> {
  const server = new RingsideServer();
  await server.start();
  const cluster = new RingRiftProcess(server.eventsDb, 'e2e');
  await tellAll(server, cluster);
  cluster.close();
  return server;
}
