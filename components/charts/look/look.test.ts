import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookOf, MARKS, PALETTE_SIZE } from './look';
import { linePath, marksPath } from './paths';
import type { ChartSeries } from '../types';

type Rgb = readonly [r: number, g: number, b: number];

const rgb = (hex: string): Rgb =>
  [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
const linear = (channel: number): number =>
  channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4;
const light = (colour: Rgb): number => {
  const [r, g, b] = colour.map(linear) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: Rgb, b: Rgb): number => {
  const [low, high] = [light(a), light(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

/** The palette of both themes, and the surface that it stands on. */
function themes(): { name: string; surface: Rgb; palette: Rgb[] }[] {
  const read = (file: string): string => readFileSync(path.resolve(import.meta.dirname, file), 'utf8');
  const [charts, globals] = [read('charts.css'), read('../../../app/globals.css')];
  return [':root', '.dark'].map((name) => {
    const block = (css: string): string => css.slice(css.indexOf(`${name} {`)).split('}', 1)[0] ?? '';
    const value = (css: string, key: string): Rgb =>
      rgb(new RegExp(`--${key}: (#[0-9a-f]{6})`).exec(block(css))?.[1] ?? '');
    const places = Array.from({ length: PALETTE_SIZE }, (_, index) => index + 1);
    return {
      name,
      surface: value(globals, 'surface'),
      palette: places.map((place) => value(charts, `series-${place}`)),
    };
  });
}

/** Machado, Oliveira and Fernandes (2009), full severity, on linear RGB. */
const SEEN: Readonly<Record<string, readonly Rgb[]>> = {
  'full colour': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIE L*a*b* of a colour seen through a matrix. */
function lab(colour: Rgb, seen: readonly Rgb[]): Rgb {
  const [r, g, b] = colour.map(linear) as unknown as Rgb;
  const [x, y, z] = seen.map(([p, q, s]) => p * r + q * g + s * b) as unknown as Rgb;
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [fx, fy, fz] = [
    f((0.4124 * x + 0.3576 * y + 0.1805 * z) / 0.95047),
    f(0.2126 * x + 0.7152 * y + 0.0722 * z),
    f((0.0193 * x + 0.1192 * y + 0.9505 * z) / 1.08883),
  ];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

describe('the palette', () => {
  it.each(themes())('of $name keeps any two colours apart, however they are seen', ({ palette }) => {
    for (const seen of Object.values(SEEN)) {
      const places = palette.map((colour) => lab(colour, seen));
      const distances = places.flatMap((a, index) =>
        places.slice(index + 1).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
      );
      expect(Math.min(...distances)).toBeGreaterThan(18);
    }
  });

  it.each(themes())('of $name is seen on its surface', ({ surface, palette }) => {
    for (const colour of palette) expect(contrast(colour, surface)).toBeGreaterThanOrEqual(3);
  });

  it('comes with a dash and a mark of its own for each colour', () => {
    const series: ChartSeries = { id: 'a', name: 'a', kind: 'line', points: [] };
    const looks = Array.from({ length: PALETTE_SIZE }, (_, place) => lookOf(series, place));
    expect(new Set(looks.map(({ colour }) => colour)).size).toBe(PALETTE_SIZE);
    expect(new Set(looks.map(({ dash }) => dash)).size).toBe(PALETTE_SIZE);
    expect(new Set(looks.map(({ mark }) => mark)).size).toBe(MARKS.length);
    expect(lookOf({ ...series, colour: 9 }, 0).colour).toBe('var(--series-2)');
    expect(lookOf({ ...series, tone: 'bad' }, 0).colour).toBe('var(--bad)');
  });
});

describe('paths', () => {
  const spots = [
    { x: 0, y: 1 },
    { x: 10, y: 2 },
    { x: 20, y: null },
    { x: 30, y: 3 },
  ];

  it('break where a value is missing', () => {
    expect(linePath(spots, false)).toBe('M0 1L10 2M30 3');
    expect(linePath(spots, true)).toBe('M0 1H10V2M30 3');
  });

  it('leave out what is not a number', () => {
    expect(
      linePath(
        [
          { x: NaN, y: 1 },
          { x: 5, y: Infinity },
        ],
        false,
      ),
    ).toBe('');
    expect(marksPath([{ x: 1, y: null }], 'circle')).toBe('');
  });
});
