import { expect, test } from './support/fixtures';
import { live } from './support/pages';
import { RingRiftProcess } from './support/producer';
import { allEvents, totalOf } from './support/rest';
import { rowsOnScreen } from './support/seen-rows';

const SECONDS = 10;
const PER_SECOND = 200;
const EACH = SECONDS * PER_SECOND;

test('two processes write 400 rows a second for 10 s: each row is kept once and the page counts them all', async ({
  page,
  ringside,
  cluster,
}) => {
  const other = new RingRiftProcess(ringside.eventsDb, 'other');
  await page.goto(`${ringside.url}/events`);
  await live(page);
  await Promise.all([cluster.stream(EACH, PER_SECOND), other.stream(EACH, PER_SECOND)]);
  other.close();
  await expect(page.getByTestId('total')).toHaveText('4,000 match');
  expect(await totalOf(ringside.url)).toBe(2 * EACH);

  const events = await allEvents(ringside.url);
  expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 2 * EACH }, (_, index) => index + 1));
  expect(new Set(events.map((event) => event.event_id)).size).toBe(2 * EACH);
  const written = Array.from({ length: EACH }, (_, index) => index);
  for (const source of ['e2e', 'other']) {
    const own = events.filter((event) => event.source === source);
    expect(own.map((event) => event.payload['new_games'])).toEqual(written);
  }
  await expect.poll(async () => (await rowsOnScreen(page))[0]).toBe(2 * EACH);
  const shown = await rowsOnScreen(page);
  expect(shown).toEqual(shown.map((_, index) => 2 * EACH - index));
  // The list stays a window onto the rows however many come.
  expect(shown.length).toBeLessThan(200);
});
