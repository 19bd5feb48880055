import { expect, test } from './support/fixtures';
import { totalOf } from './support/rest';

const SEARCHES = 60;
const MANY = SEARCHES / 3;

test('a REST caller that disconnects in the middle of a search frees its reader', async ({ ringside }) => {
  for (let from = 0; from < 4_000; from += 1_000) {
    const events = Array.from({ length: 1_000 }, (_, n) => ({
      ...{ event_type: 'work_queued', source: 'sim' },
      payload: { work_id: `w${from + n}`, a: 1, b: 2 },
    }));
    const response = await fetch(`${ringside.url}/api/events`, {
      ...{ method: 'POST', headers: { 'Content-Type': 'application/json' } },
      body: JSON.stringify(events),
    });
    expect(response.status).toBe(200);
  }
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${ringside.url}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
  };
  expect(await metric('ringside_searches_left_total')).toBe(0);
  // Each reads every event and compares 150 texts: together they keep both readers for far longer than it takes to let them
  // all in and to say how many wait.
  const query = Array.from({ length: 150 }, (_, n) => `payload.work_id:"zz${n}"`).join(' OR ');
  const search = (signal?: AbortSignal) =>
    fetch(`${ringside.url}/api/events?limit=10&q=${encodeURIComponent(query)}`, signal ? { signal } : {});
  expect((await search()).status).toBe(200);
  const leaving = new AbortController();
  const answers = Array.from({ length: SEARCHES }, () =>
    search(leaving.signal).then(
      ({ status }) => status,
      () => 'left',
    ),
  );
  await expect.poll(() => metric('ringside_searches_waiting')).toBeGreaterThan(MANY);
  leaving.abort();
  expect((await Promise.all(answers)).filter((answer) => answer === 'left').length).toBeGreaterThan(MANY);
  await expect.poll(() => metric('ringside_searches_waiting')).toBe(0);
  // Had nobody told the readers, each search would have come to its end, and none would count as left.
  expect(await metric('ringside_searches_left_total')).toBeGreaterThan(MANY);
  expect(await totalOf(ringside.url)).toBe(4_000);
});
