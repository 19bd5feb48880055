import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { yExtent } from './extent';
import { boxOf, frameOf, type FrameInput } from './frame';
import { crowdStretch, groupMarkers, letterOf, worstTone } from './groups';
import { placeLevels } from './level-places';
import { nearestX, pointAt, readingsAt, stepX, zoomed } from './readings';
import { shapeOf } from './shapes';
import { tableRows } from '../table/table-rows';
import { utcOffset } from './ticks';
import type { ChartMarker, ChartPoint, ChartSeries } from '../types';

const series = (id: string, points: ChartPoint[], more: Partial<ChartSeries> = {}): ChartSeries => ({
  id,
  name: id,
  kind: 'line',
  points,
  ...more,
});
const LINE = series('line', [
  [0, 10],
  [50, 20],
  [100, 30],
]);
const STEP = series(
  'step',
  [
    [20, 5],
    [60, 15],
  ],
  { kind: 'step' },
);

const frame = (all: ChartSeries[], more: Partial<FrameInput> = {}) => {
  const input: FrameInput = {
    series: all,
    hidden: new Set(),
    markers: [],
    levels: [],
    window: null,
    xKind: 'number',
    xLabel: false,
    width: 500,
    height: 200,
    offset: utcOffset,
    ...more,
  };
  const made = frameOf(input);
  if (made === null) throw new Error('There is something to draw.');
  return made;
};

describe('the text of a level', () => {
  const placed = (
    y: (x: number) => number | null,
    levels = [{ y: 50, label: 'target 50', tone: 'ok' as const }],
  ) => {
    const all = Array.from({ length: 101 }, (_, x): ChartPoint => [x, y(x)]);
    const made = frame(
      [
        series('a', all),
        series(
          'ends',
          [
            [0, 0],
            [100, 100],
          ],
          { kind: 'points' },
        ),
      ],
      { levels },
    );
    const box = boxOf(made, 500, 200);
    const height = (at: number) => box.y + box.height * (1 - at / 100);
    return placeLevels(made, levels, box).map((place) => [
      place.anchor,
      place.y < height(place.level.y) ? 'above' : 'below',
    ]);
  };

  it('stands at the left over its line, away from the newest points', () => {
    expect(placed((x) => (x < 60 ? null : 50))).toEqual([['start', 'above']]);
    expect(placed(() => 10)).toEqual([['start', 'above']]);
  });

  it('goes where it hides nothing', () => {
    expect(placed((x) => (x < 40 ? 55 : 10))).toEqual([['start', 'below']]);
    expect(placed((x) => (x < 40 ? 40 + (x % 2) * 20 : 90))).toEqual([['end', 'above']]);
  });

  it('stands within the plot, and not on another', () => {
    const level = (y: number) => ({ y, label: `level ${y}`, tone: 'ok' as const });
    expect(placed(() => 50, [level(100), level(0)])).toEqual([
      ['start', 'below'],
      ['start', 'above'],
    ]);
    expect(placed(() => 90, [level(30), level(32)])).toEqual([
      ['start', 'above'],
      ['end', 'above'],
    ]);
  });
});

describe('the frame of a chart', () => {
  it('spans all series, and the values in the window only', () => {
    expect(frame([LINE, STEP]).x.domain).toEqual([0, 100]);
    expect(frame([LINE, STEP]).left?.domain).toEqual([0, 30]);
    const zoom = frame([LINE, STEP], { window: [40, 60] });
    expect(zoom.x.domain).toEqual([40, 60]);
    // The step in force at the left edge is seen; of the line what crosses the edges, 18 and 22.
    expect(yExtent([LINE, STEP], [40, 60], [])).toEqual([5, 22]);
  });

  it('keeps the x axis and looks when a series is hidden', () => {
    const hidden = frame([LINE, STEP], { hidden: new Set(['line']) });
    expect(hidden.x.domain).toEqual([0, 100]);
    expect(hidden.drawn.map(({ look }) => look.colour)).toEqual(['var(--series-2)']);
  });

  it('makes room for levels, for zero under areas, and for bounds as far as they fit', () => {
    expect(frame([LINE], { levels: [{ y: 90, label: 'target', tone: 'info' }] }).left?.domain[1]).toBe(100);
    expect(frame([{ ...LINE, kind: 'area' }]).left?.domain[0]).toBe(0);
    const bounds = LINE.points.map(() => [-Infinity, 1e6] as const);
    const domain = frame([{ ...LINE, kind: 'points', bounds }]).left?.domain;
    expect(domain).toEqual([0, 40]);
  });

  it('tells more than one time of a day where it is as narrow as on a phone', () => {
    const day: ChartPoint[] = [
      [41_000, 1],
      [41_000 + 23 * 3_600, 2],
    ];
    const { ticks, step } = frame([series('day', day)], { xKind: 'time', width: 330 }).x;
    expect(step).toBe(6 * 3_600);
    expect(ticks.length).toBeGreaterThan(2);
    // Where there is room ticks stand as far apart as before.
    expect(frame([series('day', day)], { xKind: 'time', width: 1_100 }).x.step).toBe(2 * 3_600);
  });

  it('has no ticks between whole numbers, such as epochs', () => {
    const epochs: ChartPoint[] = [
      [1, 0.9],
      [2, 0.5],
      [3, 0.4],
    ];
    expect(frame([series('loss', epochs)]).x.ticks).toEqual([1, 2, 3]);
    expect(frame([series('loss', [[1.5, 0.9], ...epochs.slice(1)])]).x.ticks).toContain(2.5);
  });

  it('counts whole things in whole steps', () => {
    const peers = [
      [0, 13],
      [100, 14],
    ] as const;
    expect(frame([series('peers', [...peers])]).left?.ticks).toEqual([13, 14]);
    expect(frame([series('peers', [...peers]), series('share', [[0, 13.5]])]).left?.step).toBeLessThan(1);
  });

  it('is nothing without points and marks, and has axes around a single point', () => {
    expect(
      frameOf({
        ...({} as FrameInput),
        series: [],
        hidden: new Set(),
        markers: [],
        levels: [],
        window: null,
      }),
    ).toBeNull();
    const one = frame([series('one', [[7, 3]])]);
    expect(one.x.domain[0]).toBeLessThan(7);
    expect(one.left?.domain[0]).toBeLessThan(3);
    const small = frame([series('one', [[7, 0.0006]])]).left?.domain ?? [0, 1];
    expect(small[0]).toBeGreaterThanOrEqual(0);
    expect(small[1]).toBeLessThan(0.002);
  });

  it('draws nothing but numbers, whatever the values', () => {
    const value = fc.option(fc.double({ min: -1e12, max: 1e12, noNaN: true }));
    const xs = fc.uniqueArray(fc.integer({ min: -1e9, max: 2e9 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(xs, fc.infiniteStream(value), (found, values) => {
        const points = found.sort((a, b) => a - b).map((x): ChartPoint => [x, values.next().value ?? null]);
        const made = frame([series('any', points)]);
        const [drawn] = made.drawn;
        const shape = drawn && shapeOf(made, boxOf(made, 500, 200), drawn);
        for (const spot of shape?.spots ?? []) {
          expect(Number.isFinite(spot.x)).toBe(true);
          expect(spot.y === null || Number.isFinite(spot.y)).toBe(true);
        }
      }),
    );
  });
});

describe('reading a chart', () => {
  const made = frame([LINE, STEP]);
  const box = boxOf(made, 500, 200);

  it('finds the nearest point, and of a stair the step in force', () => {
    expect(nearestX(made, 41)).toBe(50);
    expect(readingsAt(made, 50, 5).map(({ drawn, y }) => [drawn.series.id, y])).toEqual([
      ['line', 20],
      ['step', 5],
    ]);
    expect(readingsAt(made, 60, 5).map(({ y }) => y)).toEqual([15]);
    expect(readingsAt(made, 10, 1)).toEqual([]);
  });

  it('finds a point by its place in the picture', () => {
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 3;
    expect(pointAt(made, box, x + 3, y + 3, 10)).toMatchObject({ index: 1, x: 50, y: 20 });
    expect(pointAt(made, box, x + 30, y, 10)).toBeNull();
  });

  it('steps through points and marks in both directions and stops at the ends', () => {
    const walk = (start: number | null, direction: 1 | -1): number[] => {
      const seen: number[] = [];
      for (let at = stepX(made, [35], start, direction); at !== null; at = stepX(made, [35], at, direction))
        seen.push(at);
      return seen;
    };
    expect(walk(null, 1)).toEqual([0, 20, 35, 50, 60, 100]);
    expect(walk(null, -1)).toEqual([100, 60, 50, 35, 20, 0]);
  });

  it('zooms around a place', () => {
    expect(zoomed([0, 100], 0.5, 50)).toEqual([25, 75]);
    expect(zoomed([0, 100], 0.5, 0)).toEqual([0, 50]);
    expect(zoomed([0, 100], 2, 100)).toEqual([-100, 100]);
  });
});

describe('marks', () => {
  const mark = (x: number, label: string, tone: ChartMarker['tone'] = 'ok'): ChartMarker => ({
    x,
    label,
    tone,
    event: null,
  });

  it('join when they would cover each other, and leave when they are outside', () => {
    const made = frame([LINE], { window: [0, 100] });
    const marks = [mark(50, 'b', 'bad'), mark(49, 'a'), mark(80, 'c'), mark(101, 'd')];
    const groups = groupMarkers(marks, made, boxOf(made, 500, 200), 16);
    expect(groups.map(({ markers }) => markers.map(({ label }) => label))).toEqual([['a', 'b'], ['c']]);
    expect(groups[0]).toMatchObject({ from: 49, to: 50 });
    expect(worstTone(groups[0]?.markers ?? [])).toBe('bad');
  });

  it('of a crowd show one by one after a press, in a stretch that holds more than them', () => {
    const [box, apart] = [{ width: 480 }, 16];
    const spanOf = (from: number, to: number): number => {
      const [start, end] = crowdStretch({ from, to }, box, apart);
      expect((start + end) / 2).toBeCloseTo((from + to) / 2);
      return end - start;
    };
    // Half a minute apart: eight minutes in which they stand 32 px apart, not 43 s.
    expect(spanOf(1_000, 1_031)).toBeCloseTo(465);
    expect(spanOf(1_000, 1_200)).toBe(1_800);
    expect(spanOf(1_000, 11_000)).toBe(14_000);
    expect((480 / spanOf(0, 5)) * 5).toBeGreaterThanOrEqual(2 * apart);
  });

  it('have a letter', () => {
    expect(letterOf(mark(1, 'promoted'))).toBe('P');
    expect(letterOf({ ...mark(1, 'promoted'), letter: 'X' })).toBe('X');
  });
});

describe('the table of a chart', () => {
  it('lists what lies in the range, without gaps, with marks', () => {
    const gap = series(
      'gap',
      [
        [0, 1],
        [50, null],
        [60, 2],
      ],
      {
        bounds: [null, null, [1, Infinity]],
        events: ['e0', null, 'e2'],
        notes: [null, null, 'said'],
      },
    );
    const rows = tableRows([gap, LINE], [{ x: 55, label: 'Promoted', tone: 'ok', event: null }], [50, 100]);
    expect(
      rows.map(({ x, name, y, low, high, note, event }) => [x, name, y, low, high, note, event]),
    ).toEqual([
      [60, 'gap', 2, 1, null, 'said', 'e2'],
      [50, 'line', 20, null, null, null, null],
      [100, 'line', 30, null, null, null, null],
      [55, 'Mark', null, null, null, 'Promoted', null],
    ]);
  });
});

it('leaves room at the right for half of the last time, with its seconds where they are told', () => {
  const over = (seconds: number) =>
    frame(
      [
        series('a', [
          [0, 1],
          [seconds, 2],
        ]),
      ],
      { xKind: 'time' },
    ).margins.right;
  expect(over(120)).toBeGreaterThanOrEqual(24);
  expect(over(7_200)).toBe(18);
});
