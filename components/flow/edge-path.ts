import type { Point } from './model';

const RADIUS = 8;
const round = (value: number): number => Math.round(value * 10) / 10;

/** SVG path through right-angled points, with rounded corners. */
export function edgePath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${first[0]} ${first[1]}`;
  rest.forEach((corner, i) => {
    const before = points[i] ?? corner;
    const after = rest[i + 1];
    if (after === undefined) {
      path += `L${corner[0]} ${corner[1]}`;
      return;
    }
    const [ax, ay] = towards(corner, before);
    const [bx, by] = towards(corner, after);
    path += `L${round(ax)} ${round(ay)}Q${corner[0]} ${corner[1]} ${round(bx)} ${round(by)}`;
  });
  return path;
}

/** The point on the way from `corner` to `end`, one radius away, or half-way where that is nearer. */
function towards(corner: Point, end: Point): Point {
  const [dx, dy] = [end[0] - corner[0], end[1] - corner[1]];
  const length = Math.hypot(dx, dy);
  const share = length === 0 ? 0 : Math.min(RADIUS, length / 2) / length;
  return [corner[0] + dx * share, corner[1] + dy * share];
}
