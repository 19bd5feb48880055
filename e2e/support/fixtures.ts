import { test as base } from '@playwright/test';
import { expect } from './expect';
import { OwnEvents } from './own-events';
import { RingRiftProcess } from './producer';
import { RingsideServer, type Access } from './server';
import { SharedServer } from './shared-server';
import { ToldServer } from './told-server';

interface Fixtures {
  /**
   * The test changes nothing on the server, so it gets one that other such tests of its worker had before it, and to
   * which the whole story is told.
   */
  onlyLooks: boolean;
  /**
   * The test goes without an empty server: it looks at what it wrote itself (`own`), and does not mind what others wrote.
   * Tests of a file that say so have one server, with settings as they are by default, one after the other.
   */
  shares: boolean;
  access: Access;
  /** Settings of the server besides. */
  settings: Record<string, string>;
  /** A running server, of this test's own unless it only looks or shares; an error in its log fails the test. */
  ringside: RingsideServer;
  /** What this test publishes under its own source, which is also that of `cluster`. */
  own: OwnEvents;
  /** A Python process of the cluster on the same events.db. */
  cluster: RingRiftProcess;
  /** Console errors and page errors that a test expects, e.g. while it kills the server. */
  expectedErrors: RegExp[];
}

interface WorkersFixtures {
  /** Starts when the first test asks for it. */
  toldServer: ToldServer;
  sharedServer: SharedServer;
}

export const test = base.extend<Fixtures, WorkersFixtures>({
  toldServer: [
    async ({}, use) => {
      const told = new ToldServer();
      await use(told);
      await told.dispose();
    },
    { scope: 'worker' },
  ],
  sharedServer: [
    async ({}, use) => {
      const shared = new SharedServer();
      await use(shared);
      await shared.dispose();
    },
    { scope: 'worker' },
  ],
  onlyLooks: [false, { option: true }],
  shares: [false, { option: true }],
  expectedErrors: [[], { option: true }],
  access: ['open', { option: true }],
  settings: [{}, { option: true }],
  ringside: async ({ onlyLooks, shares, toldServer, sharedServer, access, settings }, use, { file }) => {
    await sharedServer.keepFor(file, access);
    if (onlyLooks) return toldServer.lend(use);
    if (shares) return sharedServer.lend(access, use);
    const server = new RingsideServer(access, settings);
    await server.start();
    await use(server);
    await server.dispose();
    expect(server.errors, 'errors in the server log').toEqual([]);
  },
  own: async ({ ringside, shares }, use, { testId }) => {
    await use(new OwnEvents(ringside.url, shares ? `e2e-${testId.slice(-8)}` : 'e2e'));
  },
  cluster: async ({ ringside, own }, use) => {
    const process = new RingRiftProcess(ringside.eventsDb, own.source);
    await use(process);
    process.close();
  },
  // Depends on the server so that the page is looked at and closed before the server ends.
  page: async ({ page, ringside: _ringside, expectedErrors }, use) => {
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`.trim());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    await use(page);
    await page.close();
    const unexpected = errors.filter((error) => !expectedErrors.some((pattern) => pattern.test(error)));
    expect(unexpected, 'errors in the page').toEqual([]);
  },
});

export { expect } from './expect';
