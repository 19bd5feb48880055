import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventDot } from '@/domain/events/envelope';
import { RiverBins, nearestCell } from './bins';
import { DotRing } from './dot-ring';

const laneOf = (type: string): number => Number(type);
function ringOf(dots: readonly (readonly [time: number, lane: number, severity: EventDot[3]])[]): DotRing {
  const ring = new DotRing(laneOf, 1000);
  ring.push(dots.map(([time, lane, severity], i): EventDot => [i + 1, time, String(lane), severity]));
  return ring;
}
const view = { from: 100, to: 200, columns: 10, lanes: 3 };

describe('RiverBins', () => {
  it('puts each dot of the window into exactly one cell of its lane', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.double({ min: 50, max: 250, noNaN: true }),
            fc.integer({ min: 0, max: 2 }),
            fc.constant('info' as const),
          ),
        ),
        (dots) => {
          const bins = new RiverBins();
          bins.fill(ringOf(dots), view);
          const inside = dots.filter(([time]) => time >= 100 && time <= 200);
          expect(bins.total).toBe(inside.length);
          for (const lane of [0, 1, 2]) {
            const cells = bins.count.subarray(lane * 10, lane * 10 + 10);
            const expected = inside.filter((dot) => dot[1] === lane).length;
            expect(cells.reduce((a, b) => a + b, 0)).toBe(expected);
            expect(bins.laneTotals[lane]).toBe(expected);
          }
        },
      ),
    );
  });

  it('shows the loudest severity of a cell and names its newest dot', () => {
    const bins = new RiverBins();
    bins.fill(
      ringOf([
        [101, 1, 'info'],
        [102, 1, 'error'],
        [103, 1, 'debug'],
        [200, 1, 'info'],
      ]),
      view,
    );
    const cell = bins.cell(1, 0);
    expect([bins.count[cell], bins.loud[cell], bins.severity[cell], bins.newest[cell]]).toEqual([3, 1, 3, 2]);
    expect(bins.count[bins.cell(1, 9)]).toBe(1);
  });

  it('forgets the frame before', () => {
    const bins = new RiverBins();
    bins.fill(ringOf([[150, 0, 'critical']]), view);
    bins.fill(ringOf([[150, 2, 'info']]), view);
    expect(bins.total).toBe(1);
    expect(bins.count[bins.cell(0, 5)]).toBe(0);
    bins.fill(ringOf([]), { ...view, columns: 4, lanes: 2 });
    expect([bins.total, bins.count.length, bins.laneTotals.length]).toEqual([0, 8, 2]);
  });
});

describe('nearestCell', () => {
  const bins = new RiverBins();
  bins.fill(
    ringOf([
      [125, 0, 'info'],
      [165, 0, 'info'],
    ]),
    view,
  );

  it('finds the closest filled cell within reach, in the pointed lane only', () => {
    expect(nearestCell(bins, 0, 3, 2)).toBe(bins.cell(0, 2));
    expect(nearestCell(bins, 0, 4, 2)).toBe(bins.cell(0, 6));
    expect(nearestCell(bins, 0, 9, 2)).toBe(-1);
    expect(nearestCell(bins, 1, 2, 5)).toBe(-1);
    expect(nearestCell(bins, 7, 2, 5)).toBe(-1);
    expect(nearestCell(bins, -1, 2, 5)).toBe(-1);
  });
});
