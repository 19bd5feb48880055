import type { Severity } from '@/domain/events/envelope';
import { SEVERITIES } from '@/domain/events/envelope';
import type { Anchor } from './anchor';
import { anchorOf } from './anchor';
import { RiverBins, nearestCell } from './bins';
import type { RiverFrame } from './geometry';
import { AXIS_HEIGHT, LANE_HEIGHT, columnAt, columnX, frameOf, laneAt } from './geometry';
import type { Palette } from './paint';
import { paintRiver } from './paint';
import { onThemeChange, readPalette } from './palette';
import type { DotSource } from './source';

/** What lies under the pointer. */
export interface RiverHit {
  readonly seq: number;
  readonly eventType: string;
  readonly severity: Severity;
  readonly time: number;
  /** Events in the same mark, this newest one included. */
  readonly count: number;
  readonly x: number;
  readonly y: number;
}

export interface EngineOptions {
  readonly source: DotSource;
  readonly lanes: number;
  /** Server wall clock, epoch seconds. */
  readonly now: () => number;
  readonly onAnchor: (anchor: Anchor) => void;
  readonly onHit: (hit: RiverHit | null) => void;
}

/** Ten pictures a second are fluent for dots that crawl, and leave the main thread to the rest of the page. */
const PAINT_INTERVAL_MS = 100;
const ANCHOR_INTERVAL_MS = 500;
const REACH_COLUMNS = 2;

/**
 * Draws a river onto a canvas. Paints only while it is on screen in a visible tab, and only when dots came or time moved
 * on by a pixel; nothing is allocated per event.
 */
export class RiverEngine {
  readonly #canvas: HTMLCanvasElement;
  readonly #options: EngineOptions;
  readonly #bins = new RiverBins();
  readonly #stops: (() => void)[] = [];
  #windowSeconds = 300;
  #width = 0;
  #palette: Palette;
  #frame: RiverFrame | null = null;
  #anchor: Anchor;
  #anchoredAt = -Infinity;
  #paintedAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #request = 0;
  #onScreen = false;
  #pointer: readonly [x: number, y: number] | null = null;
  #hovered = -1;

  constructor(canvas: HTMLCanvasElement, options: EngineOptions) {
    this.#canvas = canvas;
    this.#options = options;
    this.#palette = readPalette(canvas);
    this.#anchor = { kind: 'live', end: options.now() };
    this.#watch();
  }

  setWindow(seconds: number): void {
    this.#windowSeconds = seconds;
    this.#anchoredAt = -Infinity;
    this.#wake();
  }

  /** Pointer position within the canvas, or null when it left. */
  point(position: readonly [x: number, y: number] | null): void {
    this.#pointer = position;
    this.#paintedAt = -Infinity;
    this.#wake();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#sleep();
  }

  #watch(): void {
    const size = new ResizeObserver(([entry]) => this.#resize(entry?.contentRect.width ?? 0));
    size.observe(this.#canvas);
    const screen = new IntersectionObserver(([entry]) => {
      this.#onScreen = entry?.isIntersecting === true;
      this.#wake();
    });
    screen.observe(this.#canvas);
    const visible = (): void => this.#wake();
    document.addEventListener('visibilitychange', visible);
    // On paper also what was not scrolled to is seen.
    const print = (): void => {
      this.#paint();
      this.#wake();
    };
    window.addEventListener('beforeprint', print);
    this.#stops.push(
      () => size.disconnect(),
      () => screen.disconnect(),
      () => document.removeEventListener('visibilitychange', visible),
      () => window.removeEventListener('beforeprint', print),
      onThemeChange(() => {
        this.#palette = readPalette(this.#canvas);
        this.#wake();
      }),
      this.#options.source.subscribe(() => this.#wake()),
    );
  }

  #resize(width: number): void {
    const ratio = window.devicePixelRatio;
    this.#width = Math.floor(width);
    this.#canvas.width = Math.round(this.#width * ratio);
    this.#canvas.height = Math.round((this.#options.lanes * LANE_HEIGHT + AXIS_HEIGHT) * ratio);
    this.#paintedAt = -Infinity;
    this.#wake();
  }

  /** Plans a picture as soon as one is due; many calls make one. */
  #wake(): void {
    if (!this.#onScreen || document.hidden) {
      this.#sleep();
      return;
    }
    if (this.#request !== 0) return;
    this.#plan(Math.max(0, this.#paintedAt + PAINT_INTERVAL_MS - performance.now()));
  }

  #plan(delay: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#request = requestAnimationFrame(() => {
        this.#request = 0;
        this.#paint();
      });
    }, delay);
  }

  #sleep(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    cancelAnimationFrame(this.#request);
    this.#request = 0;
  }

  #paint(): void {
    const context = this.#canvas.getContext('2d');
    if (context === null || this.#width === 0) return;
    const { source, lanes } = this.#options;
    this.#reanchor();
    const frame = frameOf(this.#anchor.end, this.#windowSeconds, this.#width, lanes);
    this.#frame = frame;
    this.#bins.fill(source.ring, frame);
    this.#hover();
    context.setTransform(window.devicePixelRatio, 0, 0, window.devicePixelRatio, 0, 0);
    const loadedFrom = source.truncated && source.ring.size > 0 ? source.ring.timeAt(0) : null;
    paintRiver(context, {
      frame,
      bins: this.#bins,
      palette: this.#palette,
      loadedFrom,
      hovered: this.#hovered,
    });
    this.#paintedAt = performance.now();
    // At the present the next picture is due when time has moved by a pixel; at rest only when something comes.
    if (this.#anchor.kind === 'live') this.#plan(Math.max(PAINT_INTERVAL_MS, frame.secondsPerPixel * 1000));
  }

  #reanchor(): void {
    const now = this.#options.now();
    const at = performance.now();
    if (at - this.#anchoredAt >= ANCHOR_INTERVAL_MS) {
      this.#anchoredAt = at;
      this.#anchor = anchorOf(this.#options.source.ring, now, this.#windowSeconds);
      this.#options.onAnchor(this.#anchor);
    } else if (this.#anchor.kind === 'live') this.#anchor = { kind: 'live', end: now };
  }

  #hover(): void {
    const cell = this.#cellUnderPointer();
    if (cell < 0 && this.#hovered < 0) return;
    this.#hovered = cell;
    this.#options.onHit(cell < 0 ? null : this.#hitOf(cell));
  }

  #cellUnderPointer(): number {
    if (this.#pointer === null || this.#frame === null) return -1;
    const [x, y] = this.#pointer;
    return nearestCell(this.#bins, laneAt(y), columnAt(this.#frame, x), REACH_COLUMNS);
  }

  #hitOf(cell: number): RiverHit | null {
    const frame = this.#frame;
    if (frame === null) return null;
    const { ring } = this.#options.source;
    const dot = this.#bins.newest[cell] ?? 0;
    const lane = Math.floor(cell / this.#bins.columns);
    return {
      seq: ring.seqAt(dot),
      eventType: ring.typeAt(dot),
      severity: SEVERITIES[ring.severityAt(dot)] ?? 'info',
      time: ring.timeAt(dot),
      count: this.#bins.count[cell] ?? 0,
      x: columnX(frame, cell - lane * this.#bins.columns),
      y: (lane + 0.5) * LANE_HEIGHT,
    };
  }
}
