import { SEVERITIES } from '@/domain/events/envelope';
import { formatTime } from '@/components/ui/time/time-format';
import { ticks } from './anchor';
import type { RiverBins } from './bins';
import { LOUD } from './bins';
import type { RiverFrame } from './geometry';
import { AXIS_HEIGHT, COLUMN_WIDTH, LANE_HEIGHT, columnX, markHeight, timeX } from './geometry';

/** Colours of the theme in force; `severity` in the order of SEVERITIES. */
export interface Palette {
  readonly severity: readonly string[];
  readonly line: string;
  readonly text: string;
  readonly shade: string;
  readonly font: string;
}

const QUIET = SEVERITIES.indexOf('info');
/** Columns between two shapes over bars: where everything is loud, shapes side by side would be a carpet. */
const SHAPE_SPACING = 6;
const BAR_WIDTH = COLUMN_WIDTH - 1;
const PIXELS_PER_TICK = 90;

export interface Scene {
  readonly frame: RiverFrame;
  readonly bins: RiverBins;
  readonly palette: Palette;
  /** Nothing older than this was loaded, epoch seconds; null when everything was. */
  readonly loadedFrom: number | null;
  /** The hovered cell; -1 for none. */
  readonly hovered: number;
}

/** Draws the whole river in CSS pixels. At most one mark per lane and column, however many events there are. */
export function paintRiver(context: CanvasRenderingContext2D, scene: Scene): void {
  const { frame } = scene;
  const height = frame.lanes * LANE_HEIGHT;
  context.clearRect(0, 0, frame.width, height + AXIS_HEIGHT);
  paintUnloaded(context, scene, height);
  paintGrid(context, scene, height);
  paintQuietBars(context, scene);
  for (let severity = 0; severity < SEVERITIES.length; severity++) paintSeverity(context, scene, severity);
  paintHover(context, scene);
}

function paintUnloaded(
  context: CanvasRenderingContext2D,
  { frame, palette, loadedFrom }: Scene,
  height: number,
): void {
  if (loadedFrom === null) return;
  const x = Math.min(frame.width, timeX(frame, loadedFrom));
  if (x <= 0) return;
  context.fillStyle = palette.shade;
  context.fillRect(0, 0, x, height);
  if (x < 130) return;
  context.fillStyle = palette.text;
  context.font = palette.font;
  context.textAlign = 'center';
  context.fillText('earlier events not loaded', x / 2, height / 2);
}

function paintGrid(context: CanvasRenderingContext2D, { frame, palette }: Scene, height: number): void {
  context.fillStyle = palette.line;
  for (let lane = 1; lane <= frame.lanes; lane++)
    context.fillRect(0, lane * LANE_HEIGHT - 0.5, frame.width, 0.5);
  context.font = palette.font;
  context.textAlign = 'center';
  const most = Math.max(2, Math.ceil(frame.width / PIXELS_PER_TICK));
  for (const time of ticks(frame.end - frame.width * frame.secondsPerPixel, frame.end, most)) {
    const x = timeX(frame, time);
    context.fillStyle = palette.line;
    context.fillRect(x, 0, 1, height + 4);
    if (x < 26 || x > frame.width - 26) continue;
    context.fillStyle = palette.text;
    context.fillText(formatTime(time, 'time', undefined, 0), x, height + 15);
  }
}

/** Cells of several events are bars; what is quiet in them stands above what is loud. */
function paintQuietBars(context: CanvasRenderingContext2D, { frame, bins, palette }: Scene): void {
  context.beginPath();
  for (let cell = 0; cell < bins.count.length; cell++) {
    const [count, loud] = [bins.count[cell] ?? 0, bins.loud[cell] ?? 0];
    if (count < 2 || loud === count) continue;
    const height = markHeight(count);
    const lane = Math.floor(cell / bins.columns);
    bar(
      context,
      columnX(frame, cell - lane * bins.columns),
      (lane + 0.5) * LANE_HEIGHT - height / 2,
      height - loudHeight(height, loud / count),
    );
  }
  context.fillStyle = palette.severity[QUIET] ?? palette.text;
  context.fill();
}

/** One path per severity: a fill each, not one per mark. */
function paintSeverity(
  context: CanvasRenderingContext2D,
  { frame, bins, palette }: Scene,
  severity: number,
): void {
  let last = -Infinity;
  context.beginPath();
  for (let cell = 0; cell < bins.count.length; cell++) {
    const count = bins.count[cell] ?? 0;
    if (count === 0 || bins.severity[cell] !== severity || (count > 1 && severity < LOUD)) continue;
    const lane = Math.floor(cell / bins.columns);
    const x = columnX(frame, cell - lane * bins.columns);
    const y = (lane + 0.5) * LANE_HEIGHT;
    if (count > 1) {
      const height = markHeight(count);
      const loud = loudHeight(height, (bins.loud[cell] ?? 0) / count);
      bar(context, x, y + height / 2 - loud, loud);
    }
    if (count > 1 && cell - last < SHAPE_SPACING) continue;
    severityShape(context, severity, x, y);
    last = cell;
  }
  context.fillStyle = palette.severity[severity] ?? palette.text;
  context.fill();
}

/** However small its share, what is loud must be seen. */
function loudHeight(height: number, share: number): number {
  return share === 0 ? 0 : Math.max(3, height * share);
}

function bar(context: CanvasRenderingContext2D, x: number, top: number, height: number): void {
  context.rect(x - BAR_WIDTH / 2, top, BAR_WIDTH, height);
}

/** The shapes of SeverityIcon, small: dash, ring, triangle, diamond, octagon. */
function severityShape(context: CanvasRenderingContext2D, severity: number, x: number, y: number): void {
  if (severity === 0) context.rect(x - 2.5, y - 0.75, 5, 1.5);
  else if (severity === 1) ring(context, x, y);
  else if (severity === 2) polygon(context, x, y + 1, 5, 3, -Math.PI / 2);
  else if (severity === 3) polygon(context, x, y, 5, 4, 0);
  else polygon(context, x, y, 5.5, 8, Math.PI / 8);
}

/** The inner circle runs the other way round, which leaves it empty when the path is filled. */
function ring(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.moveTo(x + 3.4, y);
  context.arc(x, y, 3.4, 0, 2 * Math.PI);
  context.moveTo(x + 1.6, y);
  context.arc(x, y, 1.6, 0, 2 * Math.PI, true);
}

function polygon(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  corners: number,
  turn: number,
): void {
  for (let i = 0; i < corners; i++) {
    const angle = turn + (i * 2 * Math.PI) / corners;
    const [px, py] = [x + Math.cos(angle) * radius, y + Math.sin(angle) * radius];
    if (i === 0) context.moveTo(px, py);
    else context.lineTo(px, py);
  }
  context.closePath();
}

function paintHover(context: CanvasRenderingContext2D, { frame, bins, palette, hovered }: Scene): void {
  if (hovered < 0) return;
  const lane = Math.floor(hovered / bins.columns);
  const x = columnX(frame, hovered - lane * bins.columns);
  context.strokeStyle = palette.text;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(x, (lane + 0.5) * LANE_HEIGHT, 8, 0, 2 * Math.PI);
  context.stroke();
}
