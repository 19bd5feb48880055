import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Dispatcher } from './dispatcher';
import { HandlerUnknownError } from '../errors';
import { FakeTimers, turns } from '../fake-timers.test-support';
import type { Failure } from './subscriber';

interface Note {
  readonly producer: string;
  readonly n: number;
}

interface Setup {
  readonly dispatcher: Dispatcher<Note>;
  readonly failures: Failure<Note>[];
  readonly timers: FakeTimers;
}

function setup(options: { readonly timeoutMs?: number; readonly maxQueued?: number } = {}): Setup {
  const failures: Failure<Note>[] = [];
  const timers = new FakeTimers();
  const dispatcher = new Dispatcher<Note>({
    producerOf: (note) => note.producer,
    onFailure: (failure) => failures.push(failure),
    timers,
    ...options,
  });
  return { dispatcher, failures, timers };
}

/** An async handler whose runs end only when the test ends them. */
class Held {
  readonly started: Note[] = [];
  private readonly ends: { resolve: () => void; reject: (error: unknown) => void }[] = [];

  readonly handler = (note: Note): Promise<void> => {
    this.started.push(note);
    return new Promise((resolve, reject) => this.ends.push({ resolve, reject }));
  };

  end(index: number): void {
    this.ends[index]?.resolve();
  }

  fail(index: number, error: unknown): void {
    this.ends[index]?.reject(error);
  }
}

const note = (producer: string, n: number): Note => ({ producer, n });

describe('order', () => {
  it('law: each subscriber gets the events of a producer in order, one at a time, whatever its delays', async () => {
    const plan = fc.record({
      notes: fc.array(fc.record({ producer: fc.constantFrom('a', 'b', 'c'), delay: fc.nat(4) }), {
        maxLength: 40,
      }),
      subscribers: fc.array(fc.constantFrom('sync', 'async', 'mixed', 'failing'), {
        minLength: 1,
        maxLength: 4,
      }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ notes, subscribers }) => {
        const { dispatcher } = setup();
        const logs = subscribers.map((kind) => {
          const done: Note[] = [];
          const busy = new Set<string>();
          const work = async (each: Note): Promise<void> => {
            expect(busy.has(each.producer)).toBe(false);
            busy.add(each.producer);
            await turns(notes[each.n]?.delay ?? 0);
            busy.delete(each.producer);
            done.push(each);
            if (kind === 'failing') throw new Error('no');
          };
          dispatcher.subscribe('*', (each) => {
            if (kind !== 'sync' && !(kind === 'mixed' && each.n % 2 === 0)) return work(each);
            expect(busy.has(each.producer)).toBe(false);
            done.push(each);
            return undefined;
          });
          return done;
        });
        for (const [n, { producer, delay }] of notes.entries()) {
          dispatcher.deliver('T', note(producer, n));
          if (delay === 0) await turns(1);
        }
        await dispatcher.idle();
        for (const done of logs) {
          expect(done).toHaveLength(notes.length);
          for (const producer of ['a', 'b', 'c']) {
            const own = done.filter((each) => each.producer === producer).map((each) => each.n);
            expect(own).toEqual([...own].sort((x, y) => x - y));
          }
        }
        expect(dispatcher.queued).toBe(0);
        expect(dispatcher.running).toBe(0);
      }),
    );
  });

  it('starts handlers in the order of subscription, those to a type and those to all alike', () => {
    const { dispatcher } = setup();
    const calls: string[] = [];
    dispatcher.subscribe('*', () => void calls.push('first'));
    dispatcher.subscribe('T', () => void calls.push('second'));
    dispatcher.subscribe('*', () => void calls.push('third'));
    dispatcher.deliver('T', note('a', 1));
    expect(calls).toEqual(['first', 'second', 'third']);
  });

  it('a slow producer or subscriber delays no other', () => {
    const { dispatcher } = setup();
    const slow = new Held();
    const quick: Note[] = [];
    dispatcher.subscribe('*', slow.handler);
    dispatcher.subscribe('*', (each) => void quick.push(each));
    for (const each of [note('a', 1), note('a', 2), note('b', 3)]) dispatcher.deliver('T', each);
    expect(slow.started.map((each) => each.n)).toEqual([1, 3]);
    expect(quick.map((each) => each.n)).toEqual([1, 2, 3]);
    expect(dispatcher.queued).toBe(1);
  });

  it('an event that a handler causes comes after the one being handed out, for everyone', () => {
    const { dispatcher } = setup();
    const seen: number[] = [];
    dispatcher.subscribe('*', (each) => {
      if (each.n === 1) dispatcher.deliver('T', note('a', 2));
    });
    dispatcher.subscribe('*', (each) => void seen.push(each.n));
    dispatcher.deliver('T', note('a', 1));
    expect(seen).toEqual([1, 2]);
  });
});

describe('isolation', () => {
  it('a handler that throws or rejects fails alone', async () => {
    const { dispatcher, failures } = setup();
    const seen: number[] = [];
    dispatcher.subscribe(
      '*',
      () => {
        throw new Error('thrown');
      },
      'thrower',
    );
    dispatcher.subscribe(
      '*',
      async () => {
        await Promise.reject(new Error('rejected'));
      },
      'rejecter',
    );
    dispatcher.subscribe('*', (each) => void seen.push(each.n), 'good');
    dispatcher.deliver('T', note('a', 1));
    dispatcher.deliver('T', note('a', 2));
    await dispatcher.idle();
    expect(seen).toEqual([1, 2]);
    expect(failures.map(({ kind, handler, event }) => [kind, handler, event.n])).toEqual([
      ['failed', 'thrower', 1],
      ['failed', 'thrower', 2],
      ['failed', 'rejecter', 1],
      ['failed', 'rejecter', 2],
    ]);
  });

  it('one that unsubscribes others while it runs does not disturb the round', () => {
    const { dispatcher } = setup();
    const seen: string[] = [];
    const second = (): void => void seen.push('second');
    dispatcher.subscribe('*', () => {
      dispatcher.unsubscribe('*', second);
      seen.push('first');
    });
    dispatcher.subscribe('*', second);
    dispatcher.deliver('T', note('a', 1));
    dispatcher.deliver('T', note('a', 2));
    expect(seen).toEqual(['first', 'second', 'first']);
  });
});

describe('subscriptions', () => {
  it('a function subscribed to several types is one subscriber and gets each event once, in order', async () => {
    const { dispatcher } = setup();
    const held = new Held();
    expect(dispatcher.subscribe('A', held.handler, 'h')).toBe('h');
    expect(dispatcher.subscribe('B', held.handler)).toBe('h');
    dispatcher.subscribe('*', held.handler);
    dispatcher.deliver('A', note('p', 1));
    dispatcher.deliver('B', note('p', 2));
    expect(dispatcher.subscriberCount).toBe(1);
    expect(held.started.map((each) => each.n)).toEqual([1]);
    held.end(0);
    await turns();
    expect(held.started.map((each) => each.n)).toEqual([1, 2]);
  });

  it('gives names that are unique', () => {
    const { dispatcher } = setup();
    expect(dispatcher.subscribe('*', () => undefined, 'x')).toBe('x');
    expect(dispatcher.subscribe('*', () => undefined, 'x')).toBe('x#2');
    expect(dispatcher.subscribe('*', () => undefined, '')).toBe('handler');
  });

  it('what waits for a handler that unsubscribes is dropped', async () => {
    const { dispatcher } = setup();
    const held = new Held();
    dispatcher.subscribe('T', held.handler);
    dispatcher.deliver('T', note('a', 1));
    dispatcher.deliver('T', note('a', 2));
    expect(dispatcher.unsubscribe('T', held.handler)).toBe(true);
    expect(dispatcher.unsubscribe('T', held.handler)).toBe(false);
    held.end(0);
    await dispatcher.idle();
    expect(held.started.map((each) => each.n)).toEqual([1]);
  });

  it('clear removes those of a type, or all', () => {
    const { dispatcher } = setup();
    dispatcher.subscribe('A', () => undefined);
    dispatcher.subscribe('A', () => undefined);
    dispatcher.subscribe('B', () => undefined);
    expect(dispatcher.clear('A')).toBe(2);
    expect(dispatcher.hears('A')).toBe(false);
    expect(dispatcher.hears('B')).toBe(true);
    expect(dispatcher.clear()).toBe(1);
    expect(dispatcher.subscriberCount).toBe(0);
  });
});

describe('timeouts', () => {
  it('a handler that hangs fails and lets the next event in', async () => {
    const { dispatcher, failures, timers } = setup({ timeoutMs: 100 });
    const held = new Held();
    dispatcher.subscribe('*', held.handler, 'h');
    dispatcher.deliver('T', note('a', 1));
    timers.pass(60);
    dispatcher.deliver('T', note('b', 2));
    dispatcher.deliver('T', note('a', 3));
    timers.pass(39);
    expect(failures).toHaveLength(0);
    timers.pass(1);
    expect(failures.map(({ kind, event }) => [kind, event.n])).toEqual([['timeout', 1]]);
    expect(held.started.map((each) => each.n)).toEqual([1, 2, 3]);
    expect(timers.pending).toBe(1);
    timers.pass(60);
    expect(failures.map(({ event }) => event.n)).toEqual([1, 2]);
    // Too late to matter: the run has been given up.
    held.fail(0, new Error('late'));
    held.end(2);
    await dispatcher.idle();
    expect(failures).toHaveLength(2);
  });

  it('measures run times', async () => {
    const { dispatcher, timers } = setup();
    const held = new Held();
    dispatcher.subscribe('*', held.handler);
    dispatcher.deliver('T', note('a', 1));
    timers.pass(40);
    held.end(0);
    await dispatcher.idle();
    expect(dispatcher.latency.summary()).toEqual({ count: 1, mean: 40, p50: 40, p95: 40, p99: 40 });
  });
});

describe('bounds', () => {
  it('an event beyond the queue limit fails for that subscriber only', () => {
    const { dispatcher, failures } = setup({ maxQueued: 2 });
    const held = new Held();
    const seen: number[] = [];
    dispatcher.subscribe('*', held.handler, 'slow');
    dispatcher.subscribe('*', (each) => void seen.push(each.n), 'quick');
    for (const n of [1, 2, 3, 4]) dispatcher.deliver('T', note('a', n));
    expect(failures.map(({ kind, handler, event }) => [kind, handler, event.n])).toEqual([
      ['queue_full', 'slow', 4],
    ]);
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('abandon turns what runs and what waits into failures, and is idle then', async () => {
    const { dispatcher, failures } = setup();
    const held = new Held();
    dispatcher.subscribe('*', held.handler);
    for (const n of [1, 2, 3]) dispatcher.deliver('T', note('a', n));
    dispatcher.abandon();
    await dispatcher.idle();
    expect(failures.map(({ kind, event }) => [kind, event.n])).toEqual([
      ['abandoned', 1],
      ['abandoned', 2],
      ['abandoned', 3],
    ]);
    held.end(0);
    await turns();
    expect(held.started).toHaveLength(1);
  });
});

describe('redeliver', () => {
  it('runs the named handler alone, and hands its failure to the caller', async () => {
    const { dispatcher, failures } = setup();
    const seen: number[] = [];
    let broken = true;
    dispatcher.subscribe(
      'T',
      (each) => {
        if (broken) throw new Error('still broken');
        seen.push(each.n);
      },
      'h',
    );
    dispatcher.subscribe('T', () => void seen.push(-1), 'other');
    await expect(dispatcher.redeliver('h', note('a', 1))).rejects.toThrow('still broken');
    broken = false;
    await dispatcher.redeliver('h', note('a', 1));
    expect(seen).toEqual([1]);
    expect(failures).toHaveLength(0);
    await expect(dispatcher.redeliver('gone', note('a', 1))).rejects.toThrow(HandlerUnknownError);
  });

  it('has the same time limit', async () => {
    const { dispatcher, timers } = setup({ timeoutMs: 50 });
    dispatcher.subscribe('T', new Held().handler, 'h');
    const retry = dispatcher.redeliver('h', note('a', 1));
    timers.pass(50);
    await expect(retry).rejects.toThrow('did not finish within 0.05 s');
  });
});
