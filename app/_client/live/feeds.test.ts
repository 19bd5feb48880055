import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EventRow } from '@/domain/events/envelope';
import { eventRow as row } from '@/domain/events/row.test-support';
import type { FeedAnswer, FeedFrame, FeedRequest } from '@/domain/realtime/contract';
import { NO_DOTS } from '@/domain/realtime/packed-dots';
import { packRows } from '@/domain/realtime/packed-rows';
import type { LiveFrame } from './feeds';
import { Feeds } from './feeds';

const rows = (from: number, to: number): EventRow[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => row(from + index));
const frame = (id: string, from: number, to: number): FeedFrame => ({
  feed_id: id,
  rows: [],
  packed_rows: packRows(rows(from, to)),
  dots: NO_DOTS,
  head_seq: to,
});
const answer = (id: string, from: number, to: number, reset = false): FeedAnswer => ({
  ...frame(id, from, to),
  reset,
});

let asked: FeedRequest[];
let closed: string[];
let feeds: Feeds;
let frames: LiveFrame[];
let later: (() => void)[];
const spec = (head: number | null) => ({ shape: 'row' as const, filter: {}, limit: 50, head });
const held = (): number[] => {
  let seqs: number[] = [];
  for (const each of frames) {
    if (each.kind === 'error') continue;
    seqs = [...(each.reset ? [] : seqs), ...each.rows.map(({ seq }) => seq)];
  }
  return seqs;
};

beforeEach(() => {
  [asked, closed, frames, later] = [[], [], [], []];
  feeds = new Feeds(
    {
      subscribe: (request) => asked.push(request),
      unsubscribe: (id) => closed.push(id),
    },
    (run) => later.push(run),
  );
});

describe('Feeds', () => {
  it('begins with the newest as a reset, and resumes after the last seq on a new connection', () => {
    feeds.start(spec(null), (each) => frames.push(each));
    const id = asked[0]!.feed_id;
    expect(asked[0]!.after_seq).toBeNull();
    feeds.answered(id, answer(id, 1, 3));
    feeds.framed(frame(id, 4, 5));
    feeds.connected();
    expect(asked[1]!.after_seq).toBe(5);
    expect(frames[0]).toMatchObject({ reset: true });
    expect(held()).toEqual([1, 2, 3, 4, 5]);
  });

  it('keeps frames that overtake the answer until it is there', () => {
    feeds.start(spec(2), (each) => frames.push(each));
    const id = asked[0]!.feed_id;
    feeds.framed(frame(id, 4, 6));
    expect(frames).toEqual([]);
    feeds.answered(id, answer(id, 3, 5));
    expect(held()).toEqual([3, 4, 5, 6]);
  });

  it('starts over when the server says so, even below what was held', () => {
    feeds.start(spec(900), (each) => frames.push(each));
    const id = asked[0]!.feed_id;
    feeds.answered(id, answer(id, 1, 2, true));
    feeds.framed(frame(id, 3, 3));
    expect(held()).toEqual([1, 2, 3]);
  });

  it('starts over when a frame says that more arrived than it carries', () => {
    feeds.start(spec(null), (each) => frames.push(each));
    feeds.connected();
    const id = asked.at(-1)?.feed_id ?? '';
    feeds.answered(id, answer(id, 1, 5, true));
    feeds.framed({ ...frame(id, 3_000, 3_050), reset: true });
    expect(held()).toEqual(rows(3_000, 3_050).map(({ seq }) => seq));
  });

  it('asks again, from where it stands, after history could not be read', () => {
    const close = feeds.start(spec(7), (each) => frames.push(each));
    const id = asked[0]?.feed_id ?? '';
    feeds.answered(id, { error: { code: 'history_unavailable', message: 'locked' } });
    expect(asked).toHaveLength(1);
    later.shift()?.();
    expect(asked[1]).toMatchObject({ feed_id: id, after_seq: 7 });
    feeds.answered(id, { error: { code: 'history_unavailable', message: 'locked' } });
    close();
    later.shift()?.();
    expect(asked).toHaveLength(2);
  });

  it('hands on an error, and nothing after it is closed', () => {
    const close = feeds.start(spec(0), (each) => frames.push(each));
    const id = asked[0]!.feed_id;
    feeds.answered(id, { error: { code: 'bad_request', message: 'no such category' } });
    close();
    feeds.framed(frame(id, 1, 2));
    feeds.answered(id, answer(id, 1, 2));
    expect(frames).toEqual([{ kind: 'error', code: 'bad_request', message: 'no such category' }]);
    expect(closed).toEqual([id]);
  });

  it('delivers every event once and in order, over any cuts of the connection', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('emit' as const), count: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ kind: fc.constant('cut' as const), answerFirst: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        [asked, closed, frames] = [[], [], []];
        feeds = new Feeds({ subscribe: (request) => asked.push(request), unsubscribe: () => undefined });
        feeds.start(spec(0), (each) => frames.push(each));
        const id = asked[0]!.feed_id;
        let head = 0;
        let late: FeedFrame[] = [];
        feeds.answered(id, answer(id, 1, 0));
        for (const each of steps) {
          if (each.kind === 'emit') {
            feeds.framed(frame(id, head + 1, head + each.count));
            head += each.count;
            continue;
          }
          // While the connection is down events happen; some frames come again, or come before the answer.
          const from = head - 1;
          head += 2;
          feeds.connected();
          late = [frame(id, Math.max(1, from), head)];
          if (!each.answerFirst) late.forEach((one) => feeds.framed(one));
          feeds.answered(id, answer(id, (asked.at(-1)!.after_seq ?? 0) + 1, head));
          if (each.answerFirst) late.forEach((one) => feeds.framed(one));
        }
        expect(held()).toEqual(rows(1, head).map(({ seq }) => seq));
      }),
    );
  });
});
