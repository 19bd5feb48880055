import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TopicPatch, TopicRequest, TopicSnapshot } from '@/domain/realtime/contract';
import { Topics } from './topics';

const snapshot = (topic: string, rev: number, epoch = 'e1'): TopicSnapshot => ({
  kind: 'snapshot',
  topic,
  epoch,
  rev,
  as_of_seq: rev,
  entries: [['k', rev]],
});
const patch = (topic: string, prev: number, rev: number): TopicPatch => ({
  kind: 'patch',
  topic,
  epoch: 'e1',
  prev,
  rev,
  as_of_seq: rev,
  set: [['k', rev]],
  merge: [],
  del: [],
});

const asked: (readonly TopicRequest[])[] = [];
const dropped: string[] = [];
let topics: Topics;
const flush = () => Promise.resolve();

beforeEach(() => {
  asked.length = dropped.length = 0;
  topics = new Topics({
    subscribe: (requests) => asked.push(requests),
    unsubscribe: (names) => dropped.push(...names),
  });
});
afterEach(() => void vi.useRealTimers());

describe('Topics', () => {
  it('says whether a page is of the moment that its topics stand at', async () => {
    expect(topics.seed([snapshot('a', 3), snapshot('b', 1)])).toBe(true);
    expect(topics.seed([snapshot('a', 3)])).toBe(true);
    topics.listen('a', () => undefined);
    topics.connected();
    await Promise.resolve();
    topics.answered([snapshot('a', 5)]);
    expect(topics.seed([snapshot('a', 4), snapshot('b', 2)])).toBe(false);
    expect(topics.seed([snapshot('b', 2)])).toBe(true);
  });

  it('asks for all topics of one render in one request, from the seeded revision, once connected', async () => {
    topics.seed([snapshot('a', 3)]);
    topics.listen('a', () => undefined);
    topics.listen('b', () => undefined);
    await flush();
    expect(asked).toEqual([]);
    topics.connected();
    await flush();
    expect(asked).toEqual([[{ topic: 'a', epoch: 'e1', rev: 3 }, { topic: 'b' }]]);
  });

  it('tells readers of patches, and asks once more after a gap', async () => {
    const seen = vi.fn();
    topics.seed([snapshot('a', 3)]);
    topics.listen('a', seen);
    topics.connected();
    await flush();
    topics.answered([{ kind: 'resumed', topic: 'a', patches: [patch('a', 3, 4)] }]);
    expect(topics.entities('a').get('k')).toBe(4);
    topics.patched(patch('a', 6, 7));
    topics.patched(patch('a', 7, 8));
    await flush();
    expect(asked.slice(1)).toEqual([[{ topic: 'a', epoch: 'e1', rev: 4 }]]);
    topics.answered([snapshot('a', 8)]);
    expect(topics.entities('a').get('k')).toBe(8);
    expect(seen).toHaveBeenCalledTimes(2);
  });

  it('resumes every topic that is read, and only those, on a new connection', async () => {
    const leave = topics.listen('a', () => undefined);
    topics.listen('b', () => undefined);
    topics.connected();
    await flush();
    topics.answered([snapshot('a', 1), snapshot('b', 2)]);
    leave();
    topics.disconnected();
    topics.connected();
    await flush();
    expect(asked.at(-1)).toEqual([{ topic: 'b', epoch: 'e1', rev: 2 }]);
  });

  it('unsubscribes some time after the last reader left, unless one comes back', async () => {
    vi.useFakeTimers();
    topics.connected();
    const leave = topics.listen('a', () => undefined);
    await flush();
    leave();
    const leaveAgain = topics.listen('a', () => undefined);
    vi.runAllTimers();
    expect(dropped).toEqual([]);
    leaveAgain();
    vi.runAllTimers();
    expect(dropped).toEqual(['a']);
    expect(asked).toHaveLength(1);
  });

  it('keeps what hydration must see apart from what patches made of it', () => {
    topics.seed([snapshot('a', 3)]);
    topics.patched(patch('a', 3, 4));
    expect(topics.seededEntities('a').get('k')).toBe(3);
    expect(topics.entities('a').get('k')).toBe(4);
  });

  it('tells readers when a page brings something newer', async () => {
    const seen = vi.fn();
    topics.listen('a', seen);
    topics.seed([snapshot('a', 3)]);
    expect(seen).not.toHaveBeenCalled();
    await flush();
    expect(seen).toHaveBeenCalledOnce();
    expect(topics.entities('a').get('k')).toBe(3);
  });
});
