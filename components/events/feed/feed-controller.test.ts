import { beforeEach, describe, expect, it, vi } from 'vitest';
import { eventRow as row } from '@/domain/events/row.test-support';
import type { FeedHost } from './feed-controller';
import { FeedController } from './feed-controller';
import { startFeed } from './feed-store';

/** A host whose frames and timers run when the test says so. */
class ManualHost implements FeedHost {
  private time = 0;
  private paints: (() => void)[] = [];
  private timers: { at: number; run: () => void }[] = [];
  readonly beforePaint = (run: () => void): void => void this.paints.push(run);
  readonly later = (run: () => void, ms: number): void => void this.timers.push({ at: this.time + ms, run });
  readonly now = (): number => this.time;
  paint(): void {
    for (const run of this.paints.splice(0)) run();
  }
  pass(ms: number): void {
    const end = this.time + ms;
    for (let next = this.due(end); next !== undefined; next = this.due(end)) {
      this.time = next.at;
      next.run();
    }
    this.time = end;
  }
  private due(end: number) {
    this.timers.sort((a, b) => a.at - b.at);
    return this.timers[0] !== undefined && this.timers[0].at <= end ? this.timers.shift() : undefined;
  }
}

let host: ManualHost;
let feed: FeedController;
const shown = (): number[] => feed.view().state.body.map(({ seq }) => seq);
const fresh = (): number[] => shown().filter((seq) => seq > feed.view().freshAbove);

beforeEach(() => {
  host = new ManualHost();
  feed = new FeedController(startFeed([row(1)], 1, false), host);
});

describe('showing', () => {
  it('tells its readers once per painted frame, however many frames came', () => {
    const listener = vi.fn();
    feed.subscribe(listener);
    feed.frame([row(2)], 2, false);
    feed.frame([row(3)], 3, false);
    expect([listener.mock.calls.length, shown()]).toEqual([0, [1]]);
    host.paint();
    expect([listener.mock.calls.length, shown()]).toEqual([1, [1, 2, 3]]);
  });

  it('draws less often while more arrives than anybody can read, and as before when that is over', () => {
    const draws = (each: number, frames: number): number => {
      const listener = vi.fn();
      const stop = feed.subscribe(listener);
      for (let frame = 0; frame < frames; frame++) {
        const from = feed.view().state.lastSeq + 10_000;
        feed.frame(
          Array.from({ length: each }, (_, index) => row(from + index)),
          0,
          false,
        );
        host.pass(40);
        host.paint();
      }
      stop();
      return listener.mock.calls.length;
    };
    expect(draws(8, 50)).toBe(50);
    draws(40, 50);
    expect(draws(40, 50)).toBeLessThanOrEqual(20);
    draws(1, 75);
    expect(draws(1, 50)).toBe(50);
  });

  it('begins with the first rows where the server gave none, and keeps a pause that was already set', () => {
    feed = new FeedController(null, host);
    feed.setHold('pause', true);
    expect(feed.view().ready).toBe(false);
    feed.frame([row(7)], 7, true);
    feed.frame([row(8)], 8, false);
    host.paint();
    expect([feed.view().ready, shown(), feed.view().state.waiting]).toEqual([true, [7], 1]);
  });

  it('begins with a page of history when that comes first', () => {
    feed = new FeedController(null, host);
    feed.older(null, [row(5), row(4)], false);
    feed.frame([row(5), row(6)], 6, false);
    host.paint();
    expect([shown(), feed.view().state.older]).toEqual([[4, 5, 6], false]);
  });
});

describe('holding', () => {
  it('stays held until every reason is gone', () => {
    feed.setHold('pause', true);
    feed.setHold('scroll', true);
    feed.frame([row(2)], 2, false);
    feed.setHold('scroll', false);
    expect(shown()).toEqual([1]);
    feed.setHold('pause', false);
    expect(shown()).toEqual([1, 2]);
  });

  it('lets go of all of them at once on resume', () => {
    feed.setHold('scroll', true);
    feed.setHold('cursor', true);
    feed.frame([row(2)], 2, false);
    feed.resume();
    expect([shown(), feed.view().state.held]).toEqual([[1, 2], false]);
  });

  it('shows nothing new to a paused reader who scrolls back to the top', () => {
    feed.setHold('pause', true);
    feed.frame([row(2)], 2, false);
    feed.setHold('scroll', true);
    feed.setHold('scroll', false);
    expect([shown(), feed.view().paused, feed.view().state.waiting]).toEqual([[1], true, 1]);
  });
});

describe('what has just arrived', () => {
  it('is marked for a moment', () => {
    expect(fresh()).toEqual([]);
    feed.frame([row(2)], 2, false);
    host.paint();
    expect(fresh()).toEqual([2]);
    host.pass(900);
    feed.frame([row(3)], 3, false);
    host.paint();
    expect(fresh()).toEqual([2, 3]);
    host.pass(600);
    host.paint();
    expect(fresh()).toEqual([3]);
    host.pass(3000);
    host.paint();
    expect(fresh()).toEqual([]);
  });

  it('is the newest few where more arrive than fit into view', () => {
    for (let seq = 2; seq <= 20; seq++) feed.frame([row(seq)], seq, false);
    host.paint();
    expect(fresh()).toEqual([15, 16, 17, 18, 19, 20]);
    feed.frame(
      [21, 22, 23, 24, 25, 26, 27, 28].map((seq) => row(seq)),
      28,
      false,
    );
    host.paint();
    expect(fresh()).toEqual([23, 24, 25, 26, 27, 28]);
    host.pass(3000);
    host.paint();
    expect(fresh()).toEqual([]);
  });

  it('is nothing while rows come faster than a mark is seen', () => {
    for (let seq = 2; seq <= 60; seq++) feed.frame([row(seq)], seq, false);
    host.paint();
    expect(fresh()).toEqual([]);
    host.pass(1000);
    feed.frame([row(61)], 61, false);
    host.paint();
    expect(fresh()).toEqual([]);
    host.pass(2000);
    feed.frame([row(62)], 62, false);
    host.paint();
    expect(fresh()).toEqual([62]);
  });

  it('includes what waited for the resume, and nothing that a reset brought', () => {
    feed.setHold('pause', true);
    feed.frame([row(2)], 2, false);
    host.pass(5000);
    feed.resume();
    expect(fresh()).toEqual([2]);
    feed.frame([row(90), row(91)], 91, true);
    host.paint();
    expect([shown(), fresh()]).toEqual([[90, 91], []]);
  });
});

describe('a rush', () => {
  it('is two fresh starts in a row, not a single one, and ends when they do', () => {
    feed.frame([row(100)], 100, true);
    host.paint();
    expect(feed.view().rush).toBe(false);
    host.pass(500);
    feed.frame([row(200)], 200, true);
    host.paint();
    expect(feed.view().rush).toBe(true);
    host.pass(2_000);
    feed.frame([row(300)], 300, true);
    host.pass(2_999);
    expect(feed.view().rush).toBe(true);
    host.pass(1);
    expect(feed.view().rush).toBe(false);
  });
});
