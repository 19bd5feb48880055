import { describe, expect, it } from 'vitest';
import type { AppendResult, NewEvent } from '../../history/types';
import { RouterOverloadedError } from '../errors';
import { CommitQueue } from './commit-queue';

const EVENT = {} as NewEvent;

/** A queue before a history that commits when it is let. `sizes`: of the batches that it was given. */
function setUp(maxWaiting?: number) {
  const sizes: number[] = [];
  const commits: (() => void)[] = [];
  const append = (events: readonly NewEvent[]): Promise<AppendResult[]> => {
    sizes.push(events.length);
    return new Promise((resolve) => commits.push(() => resolve([])));
  };
  const history = { append, appendFromLog: append };
  const queue = new CommitQueue<{ event: NewEvent }>(history, () => undefined, maxWaiting);
  const add = (count: number): void => {
    for (let n = 0; n < count; n += 1) queue.add({ event: EVENT }, 0);
  };
  return { queue, add, sizes, commits };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('events of one turn', () => {
  it('go together at its end', async () => {
    const { add, sizes } = setUp();
    add(31);
    expect(sizes).toEqual([]);
    await turn();
    expect(sizes).toEqual([31]);
    add(2);
    await turn();
    expect(sizes).toEqual([31, 2]);
  });

  it('go in the middle of it: the first 32 where history has nothing to do, then 500 at a time', async () => {
    const { add, sizes } = setUp();
    add(32);
    expect(sizes).toEqual([32]);
    add(499);
    expect(sizes).toEqual([32]);
    add(2);
    expect(sizes).toEqual([32, 500]);
    await turn();
    expect(sizes).toEqual([32, 500, 1]);
  });

  it('go soon again once history has nothing to do', async () => {
    const { queue, add, sizes, commits } = setUp();
    add(32);
    commits[0]?.();
    await queue.reported();
    expect(queue.size).toBe(0);
    add(32);
    expect(sizes).toEqual([32, 32]);
  });
});

it('has room for as many as may wait, and for more only where none do', () => {
  const { queue, add } = setUp(10);
  expect(() => queue.assertRoom(11)).not.toThrow();
  add(1);
  expect(() => queue.assertRoom(9)).not.toThrow();
  expect(() => queue.assertRoom(10)).toThrow(RouterOverloadedError);
  expect(() => queue.assertRoom(9, 1)).toThrow(RouterOverloadedError);
});
