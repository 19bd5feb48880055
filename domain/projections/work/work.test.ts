import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { event, T0 } from '../testing/event';
import { entityOf, folded } from '../testing/run';
import { workItem } from '.';
import type { QueueEntity, WorkItem, WorkTypeEntity } from './entities';

type Payload = Record<string, string | number>;

const work = (type: string, at: number, more: Payload = {}, id = 'w1') =>
  event(type, { [type === 'JOB_PREEMPTED' ? 'job_id' : 'work_id']: id, ...more }, at);
const queued = (at: number, more: Payload = {}, id = 'w1') =>
  work('WORK_QUEUED', at, { work_type: 'selfplay', priority: 60, ...more }, id);

function item(events: readonly StoredEvent[], id = 'w1'): WorkItem {
  const { work: book } = folded(events).states().work;
  const life = book.live.get(id) ?? book.ended.get(id);
  if (life === undefined) throw new Error(`no ${id}`);
  return workItem(life);
}
const queue = (events: readonly StoredEvent[]) =>
  entityOf(folded(events), 'work.queue', 'queue') as unknown as QueueEntity;
const type = (events: readonly StoredEvent[], name = 'selfplay') =>
  entityOf(folded(events), 'work.types', name) as unknown as WorkTypeEntity;

const whole = [
  queued(0),
  work('WORK_CLAIMED', 20, { node_id: 'n1' }),
  work('WORK_STARTED', 22, { node_id: 'n1' }),
  work('WORK_COMPLETED', 100, { node_id: 'n1', duration: 77.5 }),
];

/** Every order in which four events can arrive. */
const orders = (events: readonly StoredEvent[]): StoredEvent[][] =>
  events.length === 0
    ? [[]]
    : events.flatMap((first, index) => orders(events.toSpliced(index, 1)).map((rest) => [first, ...rest]));

describe('a piece of work', () => {
  it('goes from queued to done, in whichever order its events arrive', () => {
    for (const order of orders(whole)) {
      expect(item(order)).toMatchObject({
        state: 'done',
        since: T0 + 100,
        work_type: 'selfplay',
        node: 'n1',
        priority: 60,
        attempts: 1,
        waited: 20,
        ran: 77.5,
      });
      expect(type(order)).toMatchObject({
        totals: { queued: 1, claimed: 1, started: 1, completed: 1 },
        wait: { samples: 1, p50: 20 },
        run: { samples: 1, p50: 77.5 },
      });
      expect(queue(order).states).toMatchObject({ done: 1, queued: 0, running: 0 });
    }
  });

  it('leaves nothing under the type that it only seemed to have', () => {
    const late = folded([...whole.slice(1), queued(0)]);
    expect(late.topicReader('work.types')?.entity('unknown')).toBeUndefined();
  });

  it.each([
    ['WORK_CLAIMED', 'claimed'],
    ['WORK_STARTED', 'running'],
    ['WORK_COMPLETED', 'done'],
    ['WORK_FAILED', 'failed'],
    ['WORK_RETRY', 'retried'],
    ['WORK_TIMEOUT', 'timed_out'],
    ['WORK_CANCELLED', 'cancelled'],
    ['JOB_PREEMPTED', 'preempted'],
  ])('is told by %s that it is %s, also when that is the first that is heard of it', (name, state) => {
    expect(item([work(name, 5)]).state).toBe(state);
    expect(item([queued(0), work(name, 5)]).state).toBe(state);
  });

  it('is not taken back by clocks that differ: done stays done, and what runs is not merely claimed', () => {
    expect(item([...whole, work('WORK_STARTED', 101)]).state).toBe('done');
    expect(item([...whole, work('WORK_TIMEOUT', 101)]).state).toBe('done');
    expect(item([queued(0), work('WORK_STARTED', 1), work('WORK_CLAIMED', 2)]).state).toBe('running');
    expect(item([...whole, queued(200)]).state).toBe('queued');
  });

  it('counts its attempts and says why the last one did not succeed', () => {
    const retry = work('WORK_RETRY', 50, { attempt: 1, error: 'worker lost' });
    const again = [...whole.slice(0, 3), retry];
    expect(item(again)).toMatchObject({ state: 'retried', since: T0 + 50, attempts: 1, note: 'worker lost' });
    const claimed = [...again, work('WORK_CLAIMED', 90, { node_id: 'n2' })];
    expect(item(claimed)).toMatchObject({ state: 'claimed', attempts: 2, waited: 40, node: 'n2' });
    expect(type(claimed).wait).toMatchObject({ samples: 2, p50: 20, p95: 40 });
  });

  it('stays preempted when the queue then reports it as failed, which is no second end', () => {
    const given = [
      ...whole.slice(0, 3),
      work('JOB_PREEMPTED', 60),
      work('WORK_FAILED', 60, { error: 'preempted' }),
    ];
    expect(item(given)).toMatchObject({ state: 'preempted', since: T0 + 60, note: 'preempted' });
    expect(queue(given).totals).toMatchObject({ preempted: 1, failed: 0 });
  });

  it('runs as long as it took where its completion does not say', () => {
    expect(item([...whole.slice(0, 3), work('WORK_COMPLETED', 100)]).ran).toBe(78);
    expect(item([queued(0), work('WORK_CLAIMED', 20), work('WORK_COMPLETED', 100)]).ran).toBe(80);
    expect(item([work('WORK_COMPLETED', 100)]).ran).toBe(null);
  });

  it('is lost once nothing was heard of it for 24 h of event time, until something is', () => {
    const day = 24 * 3600;
    const silent = (seconds: number) => [
      queued(0),
      event('HOST_ONLINE', { node_id: 'n9' }, seconds - 70),
      event('HOST_ONLINE', { node_id: 'n9' }, seconds),
    ];
    expect(item(silent(day)).state).toBe('queued');
    expect(item(silent(day + 60))).toMatchObject({ state: 'lost', since: T0 + day });
    expect(queue(silent(day + 60)).states).toMatchObject({ queued: 0, lost: 1 });
    const heard = [...silent(day + 60), work('WORK_CLAIMED', day + 100)];
    expect(queue(heard).states).toMatchObject({ claimed: 1, lost: 0 });
  });
});

describe('the queue', () => {
  it('tells since when the oldest waits, by type and by priority', () => {
    const waiting = [
      queued(10, { priority: 80 }, 'a'),
      queued(5, { priority: 75 }, 'b'),
      queued(7, { priority: 1 }, 'c'),
      event('WORK_QUEUED', { work_id: 'd', work_type: 'sync' }, 3),
      queued(1, {}, 'e'),
      work('WORK_CLAIMED', 2, {}, 'e'),
    ];
    expect(type(waiting)).toMatchObject({
      queued: 3,
      claimed: 1,
      oldest_queued: T0 + 5,
      bands: [
        { band: '75 and above', waiting: 2, oldest: T0 + 5 },
        { band: 'below 25', waiting: 1, oldest: T0 + 7 },
      ],
    });
    expect(type(waiting, 'sync').bands).toEqual([{ band: 'none given', waiting: 1, oldest: T0 + 3 }]);
    expect(queue(waiting)).toMatchObject({ oldest_queued: T0 + 3, oldest_retried: null });
  });

  it('counts what happened within the last hour, and forgets it as event time passes', () => {
    const later = (seconds: number) => [...whole, event('HOST_ONLINE', { node_id: 'n9' }, seconds)];
    expect(queue(later(3000)).last_hour).toMatchObject({ queued: 1, completed: 1 });
    expect(queue(later(3780)).last_hour).toMatchObject({ queued: 0, completed: 0 });
    expect(queue(later(3780)).totals.completed).toBe(1);
  });

  it('notes its depth every minute', () => {
    const fold = folded([
      queued(0),
      ...[70, 130, 400].map((at) => event('HOST_ONLINE', { node_id: 'n' }, at)),
    ]);
    const { minutes, fives } = fold.states().work;
    const noted = [...minutes.slots.values()].filter(({ depth }) => depth !== null);
    // T0 begins a minute. Of the pause the first minute is noted as well as the last.
    expect(noted.map(({ t, depth }) => [t - T0, depth?.waiting[0]])).toEqual([
      [60, 1],
      [120, 1],
      [180, 1],
      [360, 1],
    ]);
    expect([...fives.slots.values()].filter(({ depth }) => depth !== null)).toHaveLength(1);
  });

  it('keeps at most 16 types apart', () => {
    const many = Array.from({ length: 40 }, (_, n) => queued(n, { work_type: `type-${n}` }, `w${n}`));
    expect(folded(many).states().work.groups.size).toBe(16);
    expect(type(many, 'other').queued).toBe(25);
  });
});

describe('whether work flows', () => {
  const flow = (events: readonly StoredEvent[]) => queue(events).flow.state;
  const many = (count: number, make: (n: number) => StoredEvent) =>
    Array.from({ length: count }, (_, n) => make(n));

  it('is unknown before the first work, and idle without any for half an hour', () => {
    expect(flow([])).toBe('none');
    expect(flow([...whole, event('HOST_ONLINE', { node_id: 'n' }, 3600)])).toBe('idle');
  });

  it('flows while what comes in is claimed', () => {
    expect(flow(whole)).toBe('flowing');
  });

  it('says that work lasts where none was claimed or done for half an hour, rather than that none flows', () => {
    const later = event('HOST_ONLINE', { node_id: 'n' }, 3_600);
    const held = [queued(0), work('WORK_CLAIMED', 10), work('WORK_STARTED', 20), later];
    expect(queue(held).flow).toEqual({
      state: 'flowing',
      reason: '1 in work, none claimed or done in 30 min',
    });
  });

  it('stalls when something waits and nothing is claimed', () => {
    const tick = event('HOST_ONLINE', { node_id: 'n' }, 3_600);
    expect(flow([queued(0), tick])).toBe('stalled');
    expect(flow([queued(3_500), tick])).toBe('flowing');
    // What was claimed long ago and is done now takes nothing out of the queue.
    const done = [work('WORK_CLAIMED', 1, {}, 'b'), work('WORK_COMPLETED', 3_000, {}, 'b')];
    expect(flow([queued(0), ...done, tick])).toBe('stalled');
    expect(flow([queued(0), work('WORK_COMPLETED', 3_000, {}, 'b'), tick])).toBe('flowing');
  });

  it('starves when others are claimed while something waits for hours', () => {
    const later = [queued(7_300, {}, 'b'), work('WORK_CLAIMED', 7_310, {}, 'b')];
    expect(flow([queued(0), ...later])).toBe('starving');
    expect(flow([queued(600), ...later])).toBe('flowing');
  });

  it('backs up when much more comes in than is claimed', () => {
    const incoming = many(20, (n) => queued(n, {}, `w${n}`));
    expect(flow([...incoming, work('WORK_CLAIMED', 30, {}, 'w1')])).toBe('backing_up');
  });

  it('fails when a quarter of what ends ends badly', () => {
    const ends = many(8, (n) => work(n < 2 ? 'WORK_FAILED' : 'WORK_COMPLETED', n, {}, `w${n}`));
    expect(flow(ends)).toBe('failing');
    expect(flow(ends.slice(1))).toBe('flowing');
  });
});
