import { formatCompact } from '@/components/ui/format';
import type { Point } from './model';
import { PulseGate } from './pulse-gate';
import { journey, midpoint } from './travel';

const SPEED_PX_PER_SECOND = 260;
const SHORTEST_MS = 450;
const LONGEST_MS = 1600;
/** Without motion a pulse is a number that stands at the edge for a moment. */
const STILL_MS = 900;

const at = ([x, y]: Point): string => `translate(${x}px, ${y}px)`;

/**
 * Sends pulses along one edge. Works on the DOM itself: a pulse lives for a second and concerns nobody else, so React
 * need not render for it. A pulse is an element moved by a transform, which the browser does beside the main thread, and
 * nothing is measured. Does nothing at all while no events come or the page is hidden.
 */
export class PulseTrack {
  readonly #layer: HTMLElement;
  readonly #points: readonly Point[];
  readonly #keyframes: Keyframe[];
  readonly #duration: number;
  readonly #gate = new PulseGate();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(layer: HTMLElement, points: readonly Point[]) {
    const { length, stops } = journey(points);
    this.#layer = layer;
    this.#points = points;
    this.#keyframes = stops.map(({ point, offset }) => ({ transform: at(point), offset }));
    this.#duration = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (length / SPEED_PX_PER_SECOND) * 1000));
  }

  add(events: number): void {
    if (document.hidden) {
      this.#gate.drop();
      return;
    }
    this.#gate.add(events);
    this.#schedule();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#layer.replaceChildren();
  }

  #schedule(): void {
    const wait = this.#gate.dueIn(performance.now());
    if (wait === null || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const events = this.#gate.take(performance.now());
      if (events > 0 && !document.hidden) this.#run(events);
      this.#schedule();
    }, wait);
  }

  #run(events: number): void {
    const pulse = drawPulse(events);
    this.#layer.append(pulse);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      pulse.style.transform = at(midpoint(this.#points));
      setTimeout(() => pulse.remove(), STILL_MS);
      return;
    }
    const run = pulse.animate(this.#keyframes, this.#duration);
    run.onfinish = () => pulse.remove();
    run.oncancel = () => pulse.remove();
  }
}

/** A dot that grows with what it carries, with the number above it when that is more than one. */
function drawPulse(events: number): HTMLElement {
  const pulse = document.createElement('div');
  pulse.className = 'flow-pulse';
  pulse.style.setProperty('--size', `${Math.min(12, 8 + Math.log10(events) * 3)}px`);
  if (events > 1) pulse.dataset['events'] = `+${formatCompact(events)}`;
  return pulse;
}
