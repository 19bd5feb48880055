import { produceAll } from './producing';
import { expect, test } from '../support/fixtures';
import { live } from '../support/pages';
import { seriousFindingsInBothThemes } from '../support/inspect';
import { totalOf } from '../support/rest';

const CLUSTER = { nodes: 1_000, configs: 50 };
const EVENTS = 4_000;

test('axe finds nothing serious on a fleet of 1,000 nodes, light or dark', async ({
  page,
  ringside,
  cluster,
}) => {
  test.slow();
  await cluster.publish('host_online', { node_id: 'gh200-a' });
  produceAll(ringside.eventsDb, EVENTS, CLUSTER);
  await expect.poll(() => totalOf(ringside.url), { timeout: 60_000 }).toBeGreaterThan(EVENTS);
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await page.goto(`${ringside.url}/nodes`);
  await live(page);
  expect(await seriousFindingsInBothThemes(page, 'nodes')).toEqual([]);
});
