import { io, type Socket } from 'socket.io-client';
import { expect, test } from '../support/fixtures';
import { live } from '../support/pages';
import { seenRows, watchRows } from '../support/seen-rows';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 90);
const RATE = 200;
const BROWSERS = 20;

interface Page {
  events: { seq: number; payload: { sent_at: number } }[];
  next_cursor: string | null;
}

/** When the producer wrote each row, by seq; epoch ms. */
async function sentTimes(url: string): Promise<Map<number, number>> {
  const times = new Map<number, number>();
  let cursor: string | null = null;
  do {
    const page = (await (
      await fetch(
        `${url}/api/events?type=NEW_GAMES_AVAILABLE&order=asc&limit=1000${cursor ? `&cursor=${cursor}` : ''}`,
      )
    ).json()) as Page;
    for (const { seq, payload } of page.events) times.set(seq, payload.sent_at * 1000);
    cursor = page.next_cursor;
  } while (cursor);
  return times;
}

/** What a browser on the events page and one on the overview ask of the gateway, without the drawing. */
function follow(url: string): Socket {
  const socket = io(url, { transports: ['websocket'] });
  socket.on('connect', () => {
    socket.emit(
      'live:subscribe',
      [{ topic: 'pipeline.stages' }, { topic: 'nodes.nodes' }, { topic: 'traffic.total' }],
      () => undefined,
    );
    socket.emit(
      'feed:subscribe',
      { feed_id: 'f', shape: 'packed_row', filter: {}, after_seq: null, limit: 100 },
      () => undefined,
    );
  });
  return socket;
}

const quantile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;

test(`from a Python insert to the screen, ${RATE} rows/s, ${BROWSERS} browsers`, async ({
  page,
  ringside,
  cluster,
}) => {
  const others = Array.from({ length: BROWSERS - 1 }, () => follow(ringside.url));
  await page.goto(`${ringside.url}/events`);
  await live(page);
  // The first rows compile code paths; operators look at pages that have run for hours.
  await cluster.stream(RATE * 3, RATE);
  await watchRows(page);
  await cluster.stream(RATE * SECONDS, RATE);
  await expect(
    page.locator('[data-testid="event-row"]', { hasText: `new games ${RATE * SECONDS - 1}` }),
  ).toBeVisible();
  const sent = await sentTimes(ringside.url);
  const seen = new Map(await seenRows(page));
  const measured = [...sent].slice(RATE * 3);
  const latencies = measured
    .flatMap(([seq, at]) => (seen.has(seq) ? [(seen.get(seq) ?? 0) - at] : []))
    .sort((a, b) => a - b);
  for (const socket of others) socket.close();
  process.stdout.write(
    `insert to screen: p50 ${quantile(latencies, 0.5).toFixed(0)} ms, p99 ${quantile(latencies, 0.99).toFixed(0)} ms (bar: 150 ms), ` +
      `max ${quantile(latencies, 1).toFixed(0)} ms; ${measured.length} rows, ${measured.length - latencies.length} passed between two paints\n`,
  );
});
