import { describe, expect, it } from 'vitest';
import type { FeedFrame } from '../../domain/realtime/contract';
import { unpackRows } from '../../domain/realtime/packed-rows';
import { storedEvent } from '../history/events.test-support';
import type { History } from '../history/types';
import { Listener } from './listener';

const EMPTY_HISTORY = {
  newestRows: () => Promise.resolve({ rows: [], scannedTo: null }),
} as unknown as History;
const BATCH = 20;

/** The frames that the events page gets in so many seconds, a tick of events each 100 ms. */
async function followed(rowsPerSecond: number, seconds: number): Promise<FeedFrame[]> {
  const listener = new Listener();
  const request = { feed_id: 'f', shape: 'packed_row', filter: {}, after_seq: null, limit: 500 } as const;
  await listener.open(request, EMPTY_HISTORY, 0).prime();
  const frames: FeedFrame[] = [];
  let seq = 0;
  for (let tick = 1; tick <= seconds * 10; tick++) {
    const events = Array.from({ length: rowsPerSecond / 10 }, () => {
      seq += 1;
      const payload = { config_key: 'square19_2p', host: 'gh200-a', games: seq, total_games: seq * 10 };
      return storedEvent(seq, {
        eventType: 'NEW_GAMES_AVAILABLE',
        payload,
        timestamp: 1_796_015_097 + seq / 7,
      });
    });
    listener.offer(events);
    frames.push(...(listener.update(seq, tick * 100)?.frames ?? []));
  }
  return frames;
}
const seqsOf = (frame: FeedFrame): number[] =>
  unpackRows(frame.packed_rows ?? { texts: [], rows: [] }).map(({ seq }) => seq);

it.each([
  ['row', 1],
  ['row', 30],
  ['packed_row', 1],
  ['packed_row', 30],
  ['row', 500],
] as const)('a feed of %s with a limit of %i gets its newest after a flood', async (shape, limit) => {
  const listener = new Listener();
  const request = { feed_id: 'f', shape, filter: {}, after_seq: null, limit };
  await listener.open(request, EMPTY_HISTORY, 0).prime();
  listener.offer(Array.from({ length: 1_000 }, (_, n) => storedEvent(n + 1)));
  const frame = [...Array(20).keys()]
    .map((tick) => listener.update(1_000, tick * 100))
    .find((update) => update !== null)?.frames[0];
  const rows = frame?.packed_rows ? unpackRows(frame.packed_rows) : frame?.rows;
  expect(rows?.at(-1)?.seq).toBe(1_000);
});

describe('a page that lists events', () => {
  it('gets each of 200 a second, however long that goes on', async () => {
    const frames = await followed(200, 180);
    expect(frames.filter(({ reset }) => reset)).toEqual([]);
    expect(frames.every(({ packed_rows: packed }) => packed?.rows.length === BATCH)).toBe(true);
    expect(frames.flatMap(seqsOf)).toEqual(Array.from({ length: 200 * 180 }, (_, n) => n + 1));
  });

  it.each([200, 2_000])('gets less than 50 kB/s of %i a second', async (rate) => {
    const seconds = 30;
    const bytes = JSON.stringify(await followed(rate, seconds)).length;
    expect(bytes / seconds).toBeLessThan(50_000);
  });
});
