import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRow, StoredEvent } from '../../../domain/events/envelope';
import { toRow } from '../../../domain/events/row';
import type { EventFilter, FeedAnswer, FeedFrame, FeedRequest } from '../../../domain/realtime/contract';
import { NO_DOTS, unpackDots } from '../../../domain/realtime/packed-dots';
import type { NewestMatches } from '../../history/query-types';
import { storedEvent } from '../../history/events.test-support';
import { Allowance } from '../allowance';
import { Feed, FEED_RESUME_LIMIT, RUSH_ROWS } from './feed';
import { feedFilter } from './feed-filter';

const TEMPLATE = storedEvent(1);
const FILTER: EventFilter = { source: ['wanted'] };

/** Events in memory; a question is answered from what is committed when the test lets it. */
class FakeHistory {
  readonly events: StoredEvent[] = [];
  readonly waiting: (() => void)[] = [];

  commit(count: number, wanted: boolean): void {
    for (let n = 0; n < count; n++)
      this.events.push({ ...TEMPLATE, seq: this.events.length + 1, source: wanted ? 'wanted' : 'other' });
  }

  matches(filter: EventFilter): StoredEvent[] {
    return this.events.filter(feedFilter(filter));
  }

  rowsAfter(filter: EventFilter, after: number, limit: number): Promise<EventRow[]> {
    return this.#later(() =>
      this.matches(filter)
        .filter(({ seq }) => seq > after)
        .slice(0, limit)
        .map(toRow),
    );
  }

  /** Where a search for the newest runs out of time. */
  scannedTo: number | null = null;

  newestRows(filter: EventFilter, limit: number): Promise<NewestMatches> {
    const { scannedTo } = this;
    return this.#later(() => ({
      rows: this.matches(filter)
        .filter(({ seq }) => seq > (scannedTo ?? 0))
        .slice(-limit)
        .map(toRow),
      scannedTo,
    }));
  }

  #later<Value>(read: () => Value): Promise<Value> {
    return new Promise((resolve) => this.waiting.push(() => resolve(read())));
  }

  /** Lets one question be answered, and whatever follows from it in the same turn. */
  async answerOne(): Promise<void> {
    this.waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const request = (after: number | null, limit: number): FeedRequest => ({
  feed_id: 'f',
  shape: 'row',
  filter: FILTER,
  after_seq: after,
  limit,
});

/** One server and one browser, which follows the contract and notices when the server does not. */
class World {
  readonly history = new FakeHistory();
  delivered = 0;
  held: number[] = [];
  head: number | null = null;
  answered = false;
  feed: Feed | null = null;

  constructor(readonly limit: number) {}

  deliver(upTo: number): void {
    const events = this.history.events.slice(this.delivered, upTo);
    this.feed?.offer(events);
    this.delivered += events.length;
  }

  connect(): void {
    const feed = new Feed(request(this.head, this.limit), this.history, this.delivered);
    this.feed = feed;
    this.answered = false;
    void feed.prime().then((answer) => {
      if (this.feed !== feed) return;
      this.answered = true;
      this.take(answer);
    });
  }

  frame(): void {
    const frame = this.feed?.take(this.delivered) ?? null;
    if (!frame) return;
    expect(this.answered).toBe(true);
    this.take(frame);
  }

  take({ rows, head_seq, reset }: FeedAnswer | FeedFrame): void {
    const seqs = rows.map(({ seq }) => seq);
    if (reset) expect(seqs.length).toBeLessThanOrEqual(this.limit);
    this.held = reset ? seqs : [...this.held, ...seqs];
    this.head = head_seq;
    this.check();
  }

  /** What is held is the end of all matches up to the head: nothing missing, nothing twice, in order. */
  check(): void {
    const due = this.matches().filter((seq) => seq <= (this.head ?? 0));
    expect(this.held).toEqual(this.held.length === 0 ? [] : due.slice(-this.held.length));
  }

  matches(): number[] {
    return this.history.matches(FILTER).map(({ seq }) => seq);
  }

  async settle(): Promise<void> {
    while (this.history.waiting.length > 0) await this.history.answerOne();
  }
}

type Step =
  | { do: 'commit'; count: number; wanted: boolean }
  | { do: 'deliver'; share: number }
  | { do: 'connect' | 'disconnect' | 'answer' | 'frame' };

const count = fc.oneof({ weight: 9, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.nat(3_000) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('commit' as const), count, wanted: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('connect', 'answer', 'answer', 'frame', 'frame', 'disconnect'),
    }),
  },
);

async function run(world: World, next: Step): Promise<void> {
  if (next.do === 'commit') world.history.commit(next.count, next.wanted);
  else if (next.do === 'deliver') {
    const waiting = world.history.events.length - world.delivered;
    world.deliver(world.delivered + Math.ceil(waiting * next.share));
  } else if (next.do === 'connect') world.connect();
  else if (next.do === 'disconnect') world.feed = null;
  else if (next.do === 'answer') await world.history.answerOne();
  else world.frame();
}

describe('a feed', () => {
  it('gives each matching event once and in order, or says that it starts afresh', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5_000 }),
        fc.array(step, { maxLength: 40 }),
        async (limit, steps) => {
          const world = new World(limit);
          for (const next of steps) await run(world, next);
          world.deliver(world.history.events.length);
          if (!world.feed) world.connect();
          await world.settle();
          world.frame();
          const all = world.matches();
          expect(world.held.at(-1)).toBe(all.at(-1));
          expect(world.held.length).toBeGreaterThanOrEqual(Math.min(limit, all.length));
        },
      ),
      { numRuns: 250 },
    );
  });

  async function opened(
    before: number,
    after: number | null,
    limit: number,
  ): Promise<World & { answer: FeedAnswer }> {
    const world = new World(limit);
    world.history.commit(before, true);
    world.delivered = before;
    const feed = new Feed(request(after, limit), world.history, before);
    const answering = feed.prime();
    await world.settle();
    return Object.assign(world, { feed, answer: await answering });
  }
  const seqs = (rows: readonly EventRow[] = []): number[] => rows.map(({ seq }) => seq);

  it('starts with the newest rows, and says so', async () => {
    const { answer } = await opened(30, null, 10);
    expect(answer).toMatchObject({ reset: true, head_seq: 30, dots: NO_DOTS });
    expect(seqs(answer.rows)).toEqual(Array.from({ length: 10 }, (_, n) => 21 + n));
  });

  it('says where time ran out for its first rows, so that a page reads on', async () => {
    const history = new FakeHistory();
    history.commit(30, true);
    history.scannedTo = 27;
    const answering = new Feed(request(null, 10), history, 30).prime();
    await history.answerOne();
    const answer = await answering;
    expect([seqs(answer.rows), answer.scanned_to]).toEqual([[28, 29, 30], 27]);
    expect((await opened(30, null, 10)).answer).not.toHaveProperty('scanned_to');
  });

  it('resumes after as many as it carries, and starts afresh after one more', async () => {
    const most = (await opened(FEED_RESUME_LIMIT + 5, 5, 10)).answer;
    expect([most.reset, most.rows.length]).toEqual([false, FEED_RESUME_LIMIT]);
    const more = (await opened(FEED_RESUME_LIMIT + 6, 5, 10)).answer;
    expect([more.reset, more.rows.length]).toEqual([true, 10]);
  });

  it('starts afresh for a browser that is ahead: it followed another history', async () => {
    const { answer } = await opened(20, 1_000, 5);
    expect([answer.reset, seqs(answer.rows)]).toEqual([true, [16, 17, 18, 19, 20]]);
  });

  it('goes on for a browser that has all there is: nothing is sent again', async () => {
    const { answer } = await opened(20, 20, 5);
    expect([answer.reset, seqs(answer.rows)]).toEqual([false, []]);
  });

  it('takes nothing that was delivered before it', () => {
    const history = new FakeHistory();
    history.commit(6, true);
    const feed = new Feed(request(null, 10), history, 5);
    feed.offer(history.events.slice(3, 5));
    expect(feed.waits).toBe(false);
    feed.offer(history.events.slice(5));
    expect(feed.waits).toBe(true);
  });

  it.each([10, FEED_RESUME_LIMIT, 5_000])('replaces an overflow by the newest %i', async (limit) => {
    const world = await opened(0, null, limit);
    const most = Math.max(FEED_RESUME_LIMIT, limit);
    world.history.commit(most, true);
    world.deliver(most);
    const all = world.feed?.take(most);
    expect(all).not.toHaveProperty('reset');
    expect(all?.rows).toHaveLength(most);
    world.history.commit(most + 1, true);
    world.deliver(2 * most + 1);
    world.history.commit(3, true);
    world.deliver(2 * most + 4);
    const frame = world.feed?.take(2 * most + 4);
    expect(frame?.reset).toBe(true);
    expect(seqs(frame?.rows)).toEqual(Array.from({ length: limit }, (_, n) => 2 * most + 5 - limit + n));
    world.history.commit(1, true);
    world.deliver(2 * most + 5);
    expect(world.feed?.take(2 * most + 5)).not.toHaveProperty('reset');
  });

  it('says nothing before its first answer, and nothing when nothing matched', async () => {
    const world = new World(10);
    world.connect();
    world.history.commit(1, true);
    world.deliver(1);
    expect(world.feed?.take(1)).toBeNull();
    await world.settle();
    expect(seqs(world.feed?.take(1)?.rows)).toEqual([1]);
    world.history.commit(5, false);
    world.deliver(6);
    expect(world.feed?.take(6)).toBeNull();
  });

  it('sends dots instead of rows to who asked for them', async () => {
    const history = new FakeHistory();
    history.commit(1, true);
    const feed = new Feed({ ...request(0, 5), shape: 'dot' }, history, 1);
    const answering = feed.prime();
    await history.answerOne();
    const { rows, dots } = await answering;
    expect([rows, unpackDots(dots)]).toEqual([
      [],
      [[1, TEMPLATE.timestamp, TEMPLATE.eventType, TEMPLATE.severity]],
    ]);
  });

  it('rejects with what history rejects with', async () => {
    const broken = {
      rowsAfter: () => Promise.reject(new Error('gone')),
      newestRows: () => Promise.reject(new Error('gone')),
    };
    await expect(new Feed(request(null, 5), broken, 0).prime()).rejects.toThrow('gone');
  });

  describe('with an allowance', () => {
    async function paced(rowsPerSecond: number, seconds: number, limit: number) {
      const history = new FakeHistory();
      const feed = new Feed(request(null, limit), history, 0, new Allowance(80_000));
      const answering = feed.prime();
      await history.answerOne();
      await answering;
      const frames: FeedFrame[] = [];
      for (let tick = 1; tick <= seconds * 10; tick++) {
        const from = history.events.length;
        history.commit(rowsPerSecond / 10, true);
        feed.offer(history.events.slice(from));
        const frame = feed.take(history.events.length, tick * 100);
        if (frame) frames.push(frame);
      }
      return frames;
    }

    it('sends every row that a page can take', async () => {
      const frames = await paced(200, 20, 500);
      expect(frames.some(({ reset }) => reset)).toBe(false);
      expect(frames.flatMap(({ rows }) => seqs(rows))).toEqual(
        Array.from({ length: 4_000 }, (_, n) => n + 1),
      );
    });

    it('sends the newest few of more than that, keeps to its bytes and says that it starts afresh', async () => {
      const frames = await paced(2_000, 20, 500);
      const rushed = frames.slice(10);
      expect(rushed.every(({ reset, rows }) => reset === true && rows.length === RUSH_ROWS)).toBe(true);
      expect(JSON.stringify(frames).length).toBeLessThan(20 * 100_000);
      expect(seqs(frames.at(-1)?.rows).at(-1)).toBeGreaterThan(39_000);
    });
  });
});
