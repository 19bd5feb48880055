import { SEVERITIES } from '@/domain/events/envelope';
import type { DotRing } from './dot-ring';

/** From this severity on an event asks for attention. */
export const LOUD = SEVERITIES.indexOf('warning');

/** The stretch of time on screen, and how finely it is cut. Times are epoch seconds. */
export interface RiverView {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  readonly lanes: number;
}

/**
 * Dots gathered per lane and column, so that drawing costs what the screen shows, not what the cluster emits. The
 * arrays are reused from frame to frame; cell `lane * columns + column`.
 */
export class RiverBins {
  columns = 0;
  lanes = 0;
  count = new Uint32Array(0);
  /** Of these, warnings and worse. */
  loud = new Uint32Array(0);
  /** The loudest severity in the cell. */
  severity = new Uint8Array(0);
  /** Ring position of the newest dot in the cell, valid where count > 0. */
  newest = new Uint32Array(0);
  /** Dots of each lane within the view. */
  laneTotals = new Uint32Array(0);
  /** Dots within the view. */
  total = 0;

  fill(ring: DotRing, view: RiverView): void {
    this.#reset(view);
    const perColumn = (view.to - view.from) / view.columns;
    for (let i = 0; i < ring.size; i++) {
      const time = ring.timeAt(i);
      const lane = ring.laneAt(i);
      if (time < view.from || time > view.to || lane >= view.lanes) continue;
      const column = Math.min(view.columns - 1, Math.floor((time - view.from) / perColumn));
      this.#add(lane, column, ring.severityAt(i), i);
    }
  }

  cell(lane: number, column: number): number {
    return lane * this.columns + column;
  }

  #reset(view: RiverView): void {
    const cells = view.columns * view.lanes;
    if (this.count.length !== cells || this.lanes !== view.lanes) {
      this.count = new Uint32Array(cells);
      this.loud = new Uint32Array(cells);
      this.severity = new Uint8Array(cells);
      this.newest = new Uint32Array(cells);
      this.laneTotals = new Uint32Array(view.lanes);
    } else {
      this.count.fill(0);
      this.loud.fill(0);
      this.severity.fill(0);
      this.laneTotals.fill(0);
    }
    this.columns = view.columns;
    this.lanes = view.lanes;
    this.total = 0;
  }

  #add(lane: number, column: number, severity: number, i: number): void {
    const cell = lane * this.columns + column;
    this.count[cell] = (this.count[cell] ?? 0) + 1;
    if (severity >= LOUD) this.loud[cell] = (this.loud[cell] ?? 0) + 1;
    if (severity > (this.severity[cell] ?? 0)) this.severity[cell] = severity;
    this.newest[cell] = i;
    this.laneTotals[lane] = (this.laneTotals[lane] ?? 0) + 1;
    this.total += 1;
  }
}

/**
 * The filled cell nearest to a column within one lane, at most `reach` columns away; -1 for none. Ties go to the newer
 * side, where the eye follows the flow.
 */
export function nearestCell(bins: RiverBins, lane: number, column: number, reach: number): number {
  if (lane < 0 || lane >= bins.lanes) return -1;
  for (let distance = 0; distance <= reach; distance++) {
    for (const candidate of [column + distance, column - distance]) {
      if (candidate < 0 || candidate >= bins.columns) continue;
      const cell = bins.cell(lane, candidate);
      if ((bins.count[cell] ?? 0) > 0) return cell;
    }
  }
  return -1;
}
