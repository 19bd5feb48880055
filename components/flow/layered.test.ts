import { describe, expect, it } from 'vitest';
import { layoutLayered, placeSteps } from './layered';
import type { FlowEdge } from './model';

const ids = ['start', 'judge', 'good', 'bad', 'penalty', 'end'];
const edges: FlowEdge[] = [
  { from: 'start', to: 'judge' },
  { from: 'judge', to: 'good' },
  { from: 'judge', to: 'bad' },
  { from: 'bad', to: 'penalty' },
  { from: 'good', to: 'end' },
  { from: 'penalty', to: 'end' },
];

describe('placeSteps', () => {
  it('keeps the first branch on its lane, opens one for the other and returns where they meet', () => {
    expect(Object.fromEntries(placeSteps(ids, edges))).toEqual({
      start: { rank: 0, lane: 0 },
      judge: { rank: 1, lane: 0 },
      good: { rank: 2, lane: 0 },
      bad: { rank: 2, lane: 1 },
      penalty: { rank: 3, lane: 1 },
      end: { rank: 4, lane: 0 },
    });
  });

  it('does not follow edges that lead back, and gives a second start a lane of its own', () => {
    const places = placeSteps([...ids, 'other'], [...edges, { from: 'end', to: 'start' }]);
    expect(places.get('start')).toEqual({ rank: 0, lane: 0 });
    expect(places.get('other')).toEqual({ rank: 0, lane: 2 });
  });
});

describe('layoutLayered', () => {
  it('runs across a wide page and down a narrow one, inside its width either way', () => {
    const wide = layoutLayered(ids, edges, 1168);
    const narrow = layoutLayered(ids, edges, 340);
    const of = (layout: typeof wide, id: string) => layout.boxes.find((box) => box.id === id)!;
    expect(of(wide, 'end').x).toBeGreaterThan(of(wide, 'start').x);
    expect(of(wide, 'bad').y).toBeGreaterThan(of(wide, 'good').y);
    expect(of(narrow, 'end').y).toBeGreaterThan(of(narrow, 'start').y);
    expect(of(narrow, 'bad').x).toBeGreaterThan(of(narrow, 'good').x);
    for (const layout of [wide, narrow]) {
      for (const box of layout.boxes) expect(box.x + box.width).toBeLessThanOrEqual(layout.width);
      for (const route of layout.routes) {
        const to = of(layout, route.edge.to);
        expect([to.x, to.x + to.width / 2]).toContain(route.points.at(-1)![0]);
      }
    }
  });

  it('leaves edges to unknown steps out', () => {
    expect(layoutLayered(['start'], edges, 500).routes).toEqual([]);
  });
});
