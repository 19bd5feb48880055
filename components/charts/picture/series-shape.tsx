import type { Shape } from '../frame/shapes';
import { round } from '../look/look';
import { errorPath, linePath, marksPath, type Spot } from '../look/paths';

/** Points on a line are marked where marks would not touch. */
const MARK_ROOM_PX = 12;

/** One series as a handful of paths. */
export function SeriesShape({ kind, look, spots, bounds, floors, base, barWidth }: Shape) {
  const { colour, dash, mark } = look;
  const line = {
    fill: 'none',
    stroke: colour,
    strokeWidth: 1.5,
    vectorEffect: 'non-scaling-stroke',
  } as const;
  if (kind === 'bars')
    return <path d={barsPath(spots, floors, base, barWidth)} fill={colour} opacity={0.85} />;
  if (kind === 'points') {
    return (
      <>
        {bounds !== undefined && <path d={errorsOf(spots, bounds)} {...line} strokeWidth={1} opacity={0.6} />}
        <path d={marksPath(spots, mark)} {...line} fill={colour} strokeWidth={1} />
      </>
    );
  }
  const path = linePath(spots, kind === 'step');
  return (
    <>
      {bounds !== undefined && (
        <path d={bandPath(spots, bounds, kind === 'step')} fill={colour} opacity={0.15} />
      )}
      {kind === 'area' && <path d={areaPath(spots, base)} fill={colour} opacity={0.18} />}
      <path d={path} {...line} strokeDasharray={dash} strokeLinejoin="round" />
      {haveRoom(spots) && <path d={marksPath(spots, mark, 2.2)} {...line} fill={colour} strokeWidth={1} />}
    </>
  );
}

function haveRoom(spots: readonly Spot[]): boolean {
  const [first, last] = [spots[0]?.x ?? 0, spots.at(-1)?.x ?? 0];
  return spots.length <= 2 || (last - first) / spots.length >= MARK_ROOM_PX;
}

function errorsOf(spots: readonly Spot[], bounds: Shape['bounds']): string {
  return errorPath(
    spots.flatMap(({ x }, index) => {
      const bound = bounds?.[index];
      return x === null || bound == null ? [] : [{ x, low: bound[0], high: bound[1] }];
    }),
  );
}

/** Between the bounds, one closed piece per stretch without a gap. */
function bandPath(spots: readonly Spot[], bounds: Shape['bounds'], step: boolean): string {
  return pieces(spots.map(({ x }, index) => (bounds?.[index] == null ? null : x)))
    .map((indices) => {
      const edge = (side: 0 | 1): Spot[] =>
        indices.map((index) => ({ x: spots[index]?.x ?? null, y: bounds?.[index]?.[side] ?? null }));
      const low = linePath(steps(edge(0), step).reverse(), false);
      return low === '' ? '' : `${linePath(steps(edge(1), step), false)}${low.replace('M', 'L')}z`;
    })
    .join('');
}

/** The corners of a stair, so that it can be walked backwards. */
function steps(spots: Spot[], step: boolean): Spot[] {
  if (!step) return spots;
  return spots.flatMap((spot, index) => {
    const before = spots[index - 1];
    return before === undefined ? [spot] : [{ x: spot.x, y: before.y }, spot];
  });
}

function areaPath(spots: readonly Spot[], base: number): string {
  return pieces(spots.map(({ x, y }) => (y === null ? null : x)))
    .map((indices) => {
      const part = indices.flatMap((index) => spots[index] ?? []);
      const [first, last] = [part[0], part.at(-1)];
      if (first?.x == null || last?.x == null) return '';
      return `${linePath(part, false)}L${round(last.x)} ${round(base)}L${round(first.x)} ${round(base)}z`;
    })
    .join('');
}

/** Runs of indices without a null. */
function pieces(values: readonly (number | null)[]): number[][] {
  const result: number[][] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    if (values[index - 1] == null) result.push([]);
    result.at(-1)?.push(index);
  });
  return result;
}

function barsPath(spots: readonly Spot[], floors: Shape['floors'], base: number, width: number): string {
  return spots
    .map(({ x, y }, index) => {
      const foot = round(floors?.[index] ?? base);
      if (x === null || y === null || round(y) === foot) return '';
      return `M${round(x - width / 2)} ${foot}V${round(y)}h${round(width)}V${foot}z`;
    })
    .join('');
}
