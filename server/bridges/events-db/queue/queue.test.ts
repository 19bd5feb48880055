import type { Database } from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insertRow, openLog, temporaryFolder } from '../bridge.test-support';
import { CrossProcessEventQueue } from './queue';
import { QueuePoller } from './queue-poller';

const NOW = 1_700_000_000;
let place: ReturnType<typeof temporaryFolder>;
let other: Database;
let queue: CrossProcessEventQueue;
let waits: number[];
let now: number;
let onWait: () => void;

beforeEach(() => {
  place = temporaryFolder();
  const file = join(place.folder, 'events.db');
  other = openLog(file);
  [waits, now, onWait] = [[], NOW, () => undefined];
  const sleep = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    onWait();
    return Promise.resolve();
  };
  queue = new CrossProcessEventQueue(file, {
    hostname: 'h',
    pid: 7,
    now: () => now,
    sleep,
    busyTimeoutMs: 1,
  });
});
afterEach(() => {
  queue.close();
  other.close();
  place.remove();
});

describe('publish', () => {
  it('inserts type, payload, source, hostname and time, and returns the row id', async () => {
    expect(await queue.publish('A', { n: 1 }, 'me')).toBe(1);
    expect(await queue.publish('B')).toBe(2);
    expect(other.prepare('SELECT * FROM events').all()).toEqual([
      {
        event_id: 1,
        event_type: 'A',
        payload: '{"n":1}',
        source: 'me',
        hostname: 'h',
        created_at: NOW,
        INDEX_event_type: 'A',
      },
      {
        event_id: 2,
        event_type: 'B',
        payload: '{}',
        source: '',
        hostname: 'h',
        created_at: NOW,
        INDEX_event_type: 'B',
      },
    ]);
  });

  it('tries a locked file again with growing waits and succeeds when it is free', async () => {
    other.exec('BEGIN IMMEDIATE');
    onWait = () => {
      if (waits.length === 3) other.exec('ROLLBACK');
    };
    expect(await queue.publish('A')).toBe(1);
    expect(waits).toEqual([100, 200, 400]);
  });

  it('gives up after five retries and stores nothing', async () => {
    other.exec('BEGIN IMMEDIATE');
    await expect(queue.publish('A')).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    other.exec('ROLLBACK');
    expect(waits).toEqual([100, 200, 400, 800, 1600]);
    expect(queue.stats().totalEvents).toBe(0);
  });
});

describe('poll and ack', () => {
  it('returns what this subscriber has not acked, ascending, within retention, by type, above an id, up to a limit', async () => {
    insertRow(other, { type: 'OLD', at: NOW - 24 * 3600 - 1 });
    for (const type of ['A', 'B', 'A', 'C']) await queue.publish(type);
    const me = queue.subscribe('me');
    const ids = (options?: Parameters<typeof queue.poll>[1]): number[] =>
      queue.poll(me, options).map((event) => event.eventId);
    expect(ids()).toEqual([2, 3, 4, 5]);
    queue.ack(me, 3);
    expect(ids()).toEqual([2, 4, 5]);
    expect(ids({ limit: 1 })).toEqual([2]);
    expect(ids({ aboveId: 2 })).toEqual([4, 5]);
    expect(ids({ eventTypes: ['A', "B' OR 1"] })).toEqual([2, 4]);
    expect(queue.pendingCount(me)).toBe(3);
    expect(queue.pendingCount(me, ['A'])).toBe(2);
    expect(queue.ackBatch(me, [2, 3, 5])).toBe(2);
    expect(queue.lastAckedId(me)).toBe(5);
    expect(queue.poll(queue.subscribe('another'))).toHaveLength(4);
  });

  it('names subscribers as RingRift does and refreshes them at a poll', () => {
    expect(queue.subscribe('me')).toBe('h:7:me');
    const stable = queue.subscribe('me', ['A'], { stable: true });
    expect(stable).toBe('h:stable:me');
    now += 200;
    queue.poll(stable);
    now += 200;
    expect(queue.stats().activeSubscribers.map((subscriber) => subscriber.subscriberId)).toEqual([
      'h:stable:me',
    ]);
  });

  it('keeps the acks of a stable subscriber that registers again', async () => {
    await queue.publish('A');
    const me = queue.subscribe('me', [], { stable: true });
    queue.ack(me, 1);
    queue.subscribe('me', [], { stable: true });
    expect(queue.poll(me)).toEqual([]);
  });

  it('hands out a row that is no JSON with the reason instead of failing', () => {
    insertRow(other, { payload: '{"x": NaN}', at: NOW });
    expect(queue.poll(queue.subscribe('me'))[0]).toMatchObject({
      payload: {},
      payloadError: 'the payload holds NaN, which is not JSON',
    });
  });
});

describe('clean-up, stats, health', () => {
  it('deletes old events, silent subscribers and orphaned acks, and counts them', async () => {
    insertRow(other, { at: NOW - 24 * 3600 - 1 });
    await queue.publish('A');
    const me = queue.subscribe('me');
    queue.ackBatch(me, [1, 2]);
    now += 301;
    expect(queue.cleanup()).toEqual({ events: 1, subscribers: 1, acks: 1 });
    expect(queue.stats()).toMatchObject({ totalEvents: 1, activeSubscribers: [], retentionSeconds: 86400 });
    expect(queue.stats().eventsByType.get('A')).toBe(1);
    expect(queue.health()).toMatchObject({ healthy: true, totalEvents: 1, activeSubscribers: 0 });
  });

  it('is unhealthy, with one line, when the table is gone', () => {
    other.exec('DROP TABLE events');
    expect(queue.health()).toMatchObject({ healthy: false });
  });
});

describe('QueuePoller', () => {
  it('calls handlers of the type, then global ones, in order, and acks also after a failure', async () => {
    const calls: string[] = [];
    const errors: unknown[] = [];
    const poller = new QueuePoller(queue, { processName: 'p', onError: (error) => void errors.push(error) })
      .on('A', async (event) => {
        await Promise.resolve();
        calls.push(`A${event.eventId}`);
        throw new Error('no');
      })
      .onAny((event) => void calls.push(`any${event.eventId}`));
    await queue.publish('A');
    await queue.publish('B');
    expect(await poller.pollOnce()).toBe(2);
    expect(await poller.pollOnce()).toBe(0);
    expect(calls).toEqual(['A1', 'any1', 'any2']);
    expect(errors).toHaveLength(1);
  });

  it('resumes above what it acked when it is stable', async () => {
    const make = (calls: number[]): QueuePoller =>
      new QueuePoller(queue, { processName: 'p', stable: true }).onAny(
        (event) => void calls.push(event.eventId),
      );
    await queue.publish('A');
    const [first, second]: [number[], number[]] = [[], []];
    await make(first).pollOnce();
    await queue.publish('A');
    await make(second).pollOnce();
    expect([first, second]).toEqual([[1], [2]]);
  });
});
