import type { FlowBox, FlowEdge, FlowLayout, FlowRoute } from './model';

const GAP = 28;
/** Room for a pulse and its number on the way to the next row. */
const ROW_GAP = 36;
const ROW_HEIGHT = 100;
/** In a single column the boxes are wide, so their contents stand side by side. */
const SINGLE_HEIGHT = 78;
const SINGLE_GAP = 20;

/** Narrowest width at which a number of columns is used. The static grid in flow.css has the same steps. */
const COLUMN_STEPS: readonly (readonly [columns: number, from: number])[] = [
  [9, 1900],
  [5, 1020],
  [3, 620],
  [1, 0],
];

export function columnsFor(count: number, width: number): number {
  const columns = COLUMN_STEPS.find(([, from]) => width >= from)?.[0] ?? 1;
  return Math.max(1, Math.min(columns, count));
}

/** A chain that reads like text: left to right, then on in the next row; one column where the page is narrow. */
export function layoutRows(ids: readonly string[], width: number): FlowLayout {
  const columns = columnsFor(ids.length, width);
  const boxWidth = Math.floor((width - (columns - 1) * GAP) / columns);
  const [boxHeight, gapY] = columns === 1 ? [SINGLE_HEIGHT, SINGLE_GAP] : [ROW_HEIGHT, ROW_GAP];
  const boxes = ids.map((id, i): FlowBox => {
    const x = (i % columns) * (boxWidth + GAP);
    return { id, x, y: Math.floor(i / columns) * (boxHeight + gapY), width: boxWidth, height: boxHeight };
  });
  const rows = Math.ceil(ids.length / columns);
  const height = rows === 0 ? 0 : rows * boxHeight + (rows - 1) * gapY;
  return { width, height, boxes, routes: chain(boxes) };
}

function chain(boxes: readonly FlowBox[]): FlowRoute[] {
  return boxes.slice(1).map((to, i) => link(boxes[i] ?? to, to));
}

function link(from: FlowBox, to: FlowBox): FlowRoute {
  const edge: FlowEdge = { from: from.id, to: to.id };
  if (from.y === to.y) {
    const y = from.y + from.height / 2;
    return {
      edge,
      points: [
        [from.x + from.width, y],
        [to.x, y],
      ],
    };
  }
  const [fx, tx] = [from.x + from.width / 2, to.x + to.width / 2];
  const bottom = from.y + from.height;
  if (fx === tx)
    return {
      edge,
      points: [
        [fx, bottom],
        [tx, to.y],
      ],
    };
  const between = (bottom + to.y) / 2;
  return {
    edge,
    points: [
      [fx, bottom],
      [fx, between],
      [tx, between],
      [tx, to.y],
    ],
  };
}
