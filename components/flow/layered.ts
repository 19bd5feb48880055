import type { FlowBox, FlowEdge, FlowLayout, FlowRoute, Point } from './model';

/** Place of a step in the diagram's grid: `rank` along the flow, `lane` across it. */
export interface Place {
  readonly rank: number;
  readonly lane: number;
}

/** Between ranks. Down the page it is wider, because edges carry their labels there. */
const GAP_ACROSS = 22;
const GAP_DOWN = 30;
const CROSS_GAP = 16;
const STEP_HEIGHT = 80;
const NARROWEST_STEP = 104;
const WIDEST_STEP = 260;

/**
 * Rank: the longest way from a start. Lane: the first branch stays where its source is, each further branch opens a new
 * lane, and where branches meet again the flow returns to the lowest of them. Edges that lead back are not followed.
 */
export function placeSteps(ids: readonly string[], edges: readonly FlowEdge[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  let lanes = 0;
  for (const id of ids) {
    const into = edges.filter((edge) => edge.to === id && places.has(edge.from));
    const sources = into.flatMap((edge) => places.get(edge.from) ?? []);
    const rank = sources.reduce((most, source) => Math.max(most, source.rank + 1), 0);
    const first = into[0];
    const opens = first === undefined ? lanes > 0 : into.length === 1 && !isFirstBranch(first, edges);
    const lane = opens
      ? lanes
      : Math.min(...sources.map((source) => source.lane), first === undefined ? 0 : lanes);
    lanes = Math.max(lanes, lane + 1);
    places.set(id, { rank, lane });
  }
  return places;
}

function isFirstBranch(edge: FlowEdge, edges: readonly FlowEdge[]): boolean {
  return edges.find((other) => other.from === edge.from)?.to === edge.to;
}

/** Lays the grid along the width while the steps stay readable, else from top to bottom. */
export function layoutLayered(ids: readonly string[], edges: readonly FlowEdge[], width: number): FlowLayout {
  const places = placeSteps(ids, edges);
  const all = [...places.values()];
  const ranks = Math.max(0, ...all.map((place) => place.rank + 1));
  const lanes = Math.max(0, ...all.map((place) => place.lane + 1));
  const isWide = extent(ranks, NARROWEST_STEP, GAP_ACROSS) <= width;
  const grid = isWide ? gridAcross(width, ranks, lanes) : gridDown(width, ranks, lanes);
  const boxes = [...places].map(([id, place]) => grid.box(id, place));
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const routes = edges.flatMap((edge): FlowRoute[] => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    return from && to ? [{ edge, points: grid.route(from, to) }] : [];
  });
  return { width, height: grid.height, boxes, routes };
}

/** Length of `count` things of one size with gaps between them. */
function extent(count: number, size: number, gap: number): number {
  return count === 0 ? 0 : count * size + (count - 1) * gap;
}

/** The size at which `count` things just fill `length`. */
function share(length: number, count: number, gap: number): number {
  return Math.min(WIDEST_STEP, Math.floor((length + gap) / Math.max(1, count)) - gap);
}

interface Grid {
  readonly height: number;
  box(id: string, place: Place): FlowBox;
  route(from: FlowBox, to: FlowBox): readonly Point[];
}

function gridAcross(total: number, ranks: number, lanes: number): Grid {
  const width = share(total, ranks, GAP_ACROSS);
  return {
    height: extent(lanes, STEP_HEIGHT, CROSS_GAP),
    box: (id, { rank, lane }) => {
      return {
        id,
        x: rank * (width + GAP_ACROSS),
        y: lane * (STEP_HEIGHT + CROSS_GAP),
        width,
        height: STEP_HEIGHT,
      };
    },
    route: (from, to) => routeAlong(from, to, GAP_ACROSS),
  };
}

function gridDown(total: number, ranks: number, lanes: number): Grid {
  const width = share(total, lanes, CROSS_GAP);
  return {
    height: extent(ranks, STEP_HEIGHT, GAP_DOWN),
    box: (id, { rank, lane }) => {
      return {
        id,
        x: lane * (width + CROSS_GAP),
        y: rank * (STEP_HEIGHT + GAP_DOWN),
        width,
        height: STEP_HEIGHT,
      };
    },
    route: (from, to) => routeAlong(turn(from), turn(to), GAP_DOWN).map(turnPoint),
  };
}

/** A branch leaves its lane right behind its source; a merge keeps its lane until right before its target. */
function routeAlong(from: FlowBox, to: FlowBox, gap: number): Point[] {
  const [fy, ty] = [from.y + from.height / 2, to.y + to.height / 2];
  const [fx, tx] = [from.x + from.width, to.x];
  if (fy === ty)
    return [
      [fx, fy],
      [tx, ty],
    ];
  const bend = ty > fy ? fx + gap / 2 : tx - gap / 2;
  return [
    [fx, fy],
    [bend, fy],
    [bend, ty],
    [tx, ty],
  ];
}

const turn = (box: FlowBox): FlowBox => ({
  id: box.id,
  x: box.y,
  y: box.x,
  width: box.height,
  height: box.width,
});
const turnPoint = ([x, y]: Point): Point => [y, x];
