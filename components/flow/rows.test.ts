import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowBox } from './model';
import { columnsFor, layoutRows } from './rows';

const nine = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
const overlap = (a: FlowBox, b: FlowBox): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('layoutRows', () => {
  it('uses full rows where it can: 9, 5 + 4, 3 + 3 + 3, one column', () => {
    expect([2200, 1168, 700, 340].map((width) => columnsFor(9, width))).toEqual([9, 5, 3, 1]);
    expect(columnsFor(2, 2200)).toBe(2);
  });

  it('stays inside its width at any width, without overlaps, with boxes wide enough to read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 2600 }), (width) => {
        const { boxes, height } = layoutRows(nine, width);
        for (const box of boxes) {
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(width);
          expect(box.y + box.height).toBeLessThanOrEqual(height);
          expect(box.width).toBeGreaterThanOrEqual(180);
        }
        for (const [i, a] of boxes.entries())
          for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
      }),
    );
  });

  it('links each box with the next, through the gap at the end of a row', () => {
    const { routes, boxes } = layoutRows(nine, 1168);
    expect(routes.map((route) => route.edge.to)).toEqual(nine.slice(1));
    expect(routes[0]!.points).toHaveLength(2);
    const wrap = routes[4]!.points;
    expect(wrap).toHaveLength(4);
    expect(wrap[1]![1]).toBeGreaterThan(boxes[4]!.y + boxes[4]!.height);
    expect(wrap[1]![1]).toBeLessThan(boxes[5]!.y);
    expect(layoutRows(nine, 340).routes.every((route) => route.points.length === 2)).toBe(true);
    expect(layoutRows([], 340)).toMatchObject({ height: 0, routes: [] });
  });
});
