import { describe, expect, it } from 'vitest';
import type { EventDot } from '@/domain/events/envelope';
import { DotRing } from './dot-ring';
import { EDGE_WIDTH, LANE_HEIGHT, columnAt, columnX, frameOf, laneAt, markHeight, timeX } from './geometry';
import { summariseLanes } from './lane-summary';
import { DotSource } from './source';

describe('summariseLanes', () => {
  it('counts what lies in the window per lane and names the newest', () => {
    const ring = new DotRing((type) => (type === 'A' ? 0 : 1), 10);
    ring.push([
      [1, 50, 'A', 'critical'],
      [2, 110, 'A', 'info'],
      [3, 120, 'A', 'warning'],
      [4, 130, 'B', 'error'],
      [5, 250, 'B', 'error'],
    ]);
    expect(summariseLanes(ring, 100, 200, 3)).toEqual([
      { count: 2, loud: 1, newest: { seq: 3, eventType: 'A', time: 120 } },
      { count: 1, loud: 1, newest: { seq: 4, eventType: 'B', time: 130 } },
      { count: 0, loud: 0, newest: null },
    ]);
  });
});

describe('river geometry', () => {
  const frame = frameOf(1000.3, 300, 1000, 5);

  it('ends before the right edge, so that the newest mark is whole, and begins at the left one', () => {
    expect(timeX(frame, 1000.3)).toBeCloseTo(1000 - EDGE_WIDTH);
    expect(timeX(frame, 700.3)).toBeCloseTo(0);
    expect(frame.to).toBeGreaterThanOrEqual(1000.3);
    expect(frame.from).toBeLessThanOrEqual(700.3);
  });

  it('keeps a moment in the same column while time moves on, and finds columns back', () => {
    const moment = 900;
    const column = (f: typeof frame) =>
      Math.round(f.from / (f.secondsPerPixel * 4)) + Math.floor((moment - f.from) / (f.secondsPerPixel * 4));
    for (const end of [1000.4, 1001, 1007.7]) expect(column(frameOf(end, 300, 1000, 5))).toBe(column(frame));
    for (const c of [0, 17, 250]) expect(columnAt(frame, columnX(frame, c))).toBe(c);
  });

  it('stays within its lane for any count', () => {
    expect([laneAt(0), laneAt(LANE_HEIGHT - 0.1), laneAt(LANE_HEIGHT)]).toEqual([0, 0, 1]);
    expect(markHeight(1)).toBeLessThan(markHeight(5));
    expect(markHeight(1e6)).toBeLessThan(LANE_HEIGHT);
  });
});

describe('DotSource', () => {
  it('tells listeners, and knows when older events were not sent', () => {
    const source = new DotSource(() => 0, 2);
    let told = 0;
    const stop = source.subscribe(() => (told += 1));
    source.take([[1, 1, 'A', 'info']], { truncated: false });
    expect(source.truncated).toBe(false);
    source.take(
      [
        [2, 2, 'A', 'info'],
        [3, 3, 'A', 'info'],
      ],
      false,
    );
    expect(source.truncated).toBe(true);
    stop();
    source.take([[9, 9, 'A', 'info']], { truncated: false });
    expect([told, source.ring.size, source.truncated]).toEqual([2, 1, false]);
  });

  it('takes older dots in front of those that came meanwhile, each once', () => {
    const source = new DotSource(() => 0, 100);
    const dot = (seq: number): EventDot => [seq, seq, 'A', 'info'];
    source.take([dot(5), dot(6)], { truncated: true });
    source.take([dot(7)], false);
    source.prepend([dot(3), dot(4), dot(5)], true);
    expect(source.ring.dots().map(([seq]) => seq)).toEqual([3, 4, 5, 6, 7]);
    expect(source.truncated).toBe(false);
    source.take([dot(8)], false);
    source.prepend([], false);
    expect([source.ring.size, source.truncated]).toEqual([6, true]);
  });
});
