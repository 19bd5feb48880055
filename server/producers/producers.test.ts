import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PublishRequest, PublishResult } from '../router/types';
import { FairTurns } from './fair-turns';
import { Producers } from './producers';

const event = (eventType: string): PublishRequest => ({ eventType, payload: {} });
const many = (caller: string, count: number): PublishRequest[] =>
  Array.from({ length: count }, (_, at) => event(`${caller}${at}`));

/** A router that commits when it is told to, in order. */
class FakeRouter {
  readonly handed: string[] = [];
  #commits: (() => void)[] = [];

  readonly publish = (requests: readonly PublishRequest[]): Promise<readonly PublishResult[]> => {
    this.handed.push(...requests.map(({ eventType }) => eventType));
    return new Promise((resolve, reject) => {
      this.#commits.push(() => {
        if (requests.some(({ eventType }) => eventType === 'fails')) reject(new Error('full'));
        else resolve(requests.map(({ eventType }) => ({ status: 'stored', eventId: eventType, seq: 1 })));
      });
    });
  };

  async commit(): Promise<void> {
    for (const commit of this.#commits.splice(0)) commit();
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  }

  async commitAll(): Promise<void> {
    do await this.commit();
    while (this.#commits.length > 0);
  }
}

describe('FairTurns', () => {
  it('lets nobody wait behind the backlog of another', async () => {
    const router = new FakeRouter();
    const turns = new FairTurns(router.publish, { slice: 10, inFlight: 40, perTurn: 40 });
    void turns.take('greedy', many('g', 1_000));
    const light = turns.take('light', many('l', 1));
    await router.commit();
    expect(router.handed.indexOf('l0')).toBeLessThanOrEqual(50);
    await router.commit();
    expect(await light).toMatchObject([{ eventId: 'l0' }]);
    await router.commitAll();
    expect(router.handed).toHaveLength(1_001);
  });

  it('always have room for another caller, however much of one is under way', async () => {
    const router = new FakeRouter();
    const turns = new FairTurns(router.publish, {
      slice: 10,
      inFlight: 100,
      ownInFlight: 40,
      perTurn: 1_000,
    });
    void turns.take('greedy', many('g', 1_000));
    expect(router.handed).toHaveLength(40);
    void turns.take('greedy', many('h', 1));
    void turns.take('light', many('l', 1));
    await new Promise(setImmediate);
    expect(router.handed).toHaveLength(41);
    expect(router.handed).toContain('l0');
    await router.commitAll();
    expect(router.handed).toHaveLength(1_002);
    expect(router.handed.at(-1)).toBe('h0');
  });

  it('prepare no more in one turn of the event loop than others can wait for', async () => {
    const router = new FakeRouter();
    const later: (() => void)[] = [];
    const options = {
      slice: 10,
      perTurn: 20,
      now: () => 0,
      later: (work: () => void) => void later.push(work),
    };
    const turns = new FairTurns(router.publish, options);
    for (const event of many('g', 50)) void turns.take('greedy', [event]);
    void turns.take('light', many('l', 1));
    expect(router.handed).toHaveLength(20);
    later.shift()?.();
    expect(router.handed).toHaveLength(40);
    expect(router.handed).toContain('l0');
    later.shift()?.();
    later.shift()?.();
    expect(router.handed).toHaveLength(51);
    expect(later).toEqual([]);
  });

  it('leaves room in a turn of the event loop for who comes after a flood', async () => {
    const router = new FakeRouter();
    const later: (() => void)[] = [];
    const options = { slice: 10, perTurn: 60, ownPerTurn: 20, now: () => 0 };
    const turns = new FairTurns(router.publish, { ...options, later: (work) => void later.push(work) });
    for (const event of many('g', 50)) void turns.take('greedy', [event]);
    expect(router.handed).toHaveLength(20);
    void turns.take('light', many('l', 1));
    expect(router.handed.slice(20)).toEqual(['l0']);
    // What is committed meanwhile gives the flood no further turn.
    await router.commit();
    expect(router.handed).toHaveLength(21);
    later.shift()?.();
    expect(router.handed).toHaveLength(41);
    later.shift()?.();
    later.shift()?.();
    expect(router.handed).toHaveLength(51);
    expect(router.handed.at(-1)).toBe('g49');
    expect(later).toEqual([]);
  });

  it('ends a turn of the event loop after some time, as events differ in size', () => {
    const later: (() => void)[] = [];
    const handed: number[] = [];
    let now = 0;
    const publish = (requests: readonly PublishRequest[]): Promise<never> => {
      handed.push(requests.length);
      now += 3;
      return new Promise(() => undefined);
    };
    const options = { slice: 10, turnMs: 4, now: () => now };
    const turns = new FairTurns(publish, { ...options, later: (work) => void later.push(work) });
    void turns.take('large', many('l', 50));
    now += 100;
    expect(handed).toEqual([10, 10]);
    later.shift()?.();
    expect(handed).toEqual([10, 10, 10, 10]);
  });

  it('answers every call in its order, keeps each caller’s order, and loses nothing', async () => {
    const calls = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(30)), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(calls, async (given) => {
        const router = new FakeRouter();
        const turns = new FairTurns(router.publish, {
          slice: 4,
          inFlight: 10,
          ownInFlight: 6,
          perTurn: 6,
          ownPerTurn: 5,
        });
        const next = new Map<string, number>();
        const answers = given.map(([caller, count]) => {
          const from = next.get(caller) ?? 0;
          next.set(caller, from + count);
          const requests = Array.from({ length: count }, (_, at) => event(`${caller}${from + at}`));
          return { requests, answer: turns.take(caller, requests) };
        });
        await router.commitAll();
        for (const { requests, answer } of answers)
          expect((await answer).map((result) => 'eventId' in result && result.eventId)).toEqual(
            requests.map(({ eventType }) => eventType),
          );
        for (const [caller, count] of next)
          expect(router.handed.filter((type) => type.startsWith(caller))).toEqual(
            many(caller, count).map(({ eventType }) => eventType),
          );
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a caller who does not wait for answers, and nobody else', async () => {
    const router = new FakeRouter();
    const turns = new FairTurns(router.publish, { perCaller: 100 });
    const first = turns.take('greedy', many('g', 500));
    await expect(turns.take('greedy', many('g', 1))).rejects.toMatchObject({ name: 'ProducerLimitError' });
    void turns.take('light', many('l', 1));
    await router.commitAll();
    expect(await first).toHaveLength(500);
    void turns.take('greedy', many('h', 100));
    await router.commit();
    expect(router.handed).toContain('h99');
  });

  it('fails a call as a whole, once, and goes on with the next', async () => {
    const router = new FakeRouter();
    const turns = new FairTurns(router.publish, { slice: 10, inFlight: 10, perCaller: 60 });
    const failing = turns.take('a', [event('fails'), ...many('a', 40)]);
    const next = turns.take('a', many('b', 5));
    const caught = expect(failing).rejects.toThrow('full');
    await router.commitAll();
    await caught;
    expect(await next).toHaveLength(5);
    expect(router.handed).toHaveLength(15);
    void turns.take('a', many('c', 60));
    await router.commit();
    expect(router.handed).toContain('c9');
  });

  it('says of a call how much is stored where only a part failed, once nothing of it is under way', async () => {
    const router = new FakeRouter();
    const turns = new FairTurns(router.publish, { slice: 10, inFlight: 30, perCaller: 100 });
    const requests = [...many('a', 10), event('fails'), ...many('b', 49)];
    const caught = expect(turns.take('a', requests)).rejects.toMatchObject({
      name: 'PartlyStoredError',
      stored: 20,
      total: 60,
      cause: new Error('full'),
    });
    await router.commitAll();
    await caught;
    expect(router.handed).toHaveLength(30);
  });
});

describe('Producers', () => {
  const opened = (perSecond: number | null) =>
    new Producers({
      perSecond,
      publish: (requests) =>
        Promise.resolve(requests.map(() => ({ status: 'stored', eventId: 'e', seq: 1 }))),
    });

  it('refuse what is above a caller’s share, with the time to wait, and let the rest and others through', async () => {
    const producers = opened(1_000);
    await producers.publish('a', [], 900);
    await expect(producers.publish('a', [], 200)).rejects.toMatchObject({
      name: 'ProducerLimitError',
      wait: expect.any(Number) as number,
      retryAfter: 1,
    });
    await producers.publish('a', [], 100);
    await expect(producers.publish('a', [], 0)).rejects.toThrow('more than 1000 events in a second');
    await producers.publish('b', [], 1_000);
    expect(producers.refused).toBe(200);
    await opened(null).publish('a', [], 1_000_000);
  });

  it('know whose share is spent before a call is read, until the second is over', async () => {
    const producers = opened(1_000);
    await producers.publish('a', [], 999);
    expect(producers.heldBack('a')).toBe(0);
    await producers.publish('a', [], 1);
    expect(producers.heldBack('a')).toBeGreaterThan(0);
    expect(producers.heldBack('a')).toBeLessThanOrEqual(1_000);
    expect(producers.heldBack('b')).toBe(0);
    expect(producers.refused).toBe(2);
    await expect.poll(() => producers.heldBack('a'), { timeout: 2_000 }).toBe(0);
    await producers.publish('a', [], 1_000);
    expect(opened(null).heldBack('a')).toBe(0);
  });

  it('let a stream wait for its share, in its order, until its client goes', async () => {
    const producers = opened(1_000);
    const client = new AbortController();
    const stream = producers.stream('a', client.signal);
    const ended: string[] = [];
    const part = (name: string, cost: number) =>
      stream.publish([], cost).then(
        () => ended.push(name),
        () => ended.push(`${name} gone`),
      );
    await part('first', 900);
    const large = part('large', 600);
    await new Promise(setImmediate);
    const small = part('small', 50);
    await Promise.all([large, small]);
    expect(ended).toEqual(['first', 'large', 'small']);
    const last = part('last', 1_000);
    client.abort();
    await last;
    expect(ended.at(-1)).toBe('last gone');
  });

  it('bound how many streams a caller has open', () => {
    const producers = opened(null);
    const { signal } = new AbortController();
    const streams = Array.from({ length: 4 }, () => producers.stream('a', signal));
    expect(() => producers.stream('a', signal)).toThrow('4 streams of yours are open');
    streams[0]?.end();
    producers.stream('a', signal);
    for (let caller = 0; caller < 60; caller++) producers.stream(`b${caller}`, signal);
    expect(() => producers.stream('c', signal)).toThrow('too many streams');
  });
});
