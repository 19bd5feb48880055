import type { KeyboardEvent } from 'react';
import type { Range } from '../frame/extent';
import type { Frame } from '../frame/frame';
import { moved, stepX, zoomed, type Reading } from '../frame/readings';
import type { ChartMarker } from '../types';
import type { CursorState } from './use-cursor';

/** What is under the crosshair. */
export interface Found {
  readonly readings: readonly Reading[];
  readonly markers: readonly ChartMarker[];
}

/** The chart that the keys move. */
interface Moved {
  readonly frame: Frame;
  readonly markers: readonly ChartMarker[];
  readonly onWindow: (window: Range | null) => void;
}

/** Reads points, opens events, zooms and moves by keyboard; other keys are left to the page. */
export function onKey(
  event: KeyboardEvent,
  { frame, markers, onWindow }: Moved,
  { cursor, setCursor }: CursorState,
  found: Found,
  open: (id: string | null, aside: boolean) => void,
): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target !== event.currentTarget) return;
  const { domain } = frame.x;
  const centre = cursor?.at ?? (domain[0] + domain[1]) / 2;
  const direction = DIRECTIONS[event.key];
  const window = windowOf(event, domain, centre);
  if (window !== undefined) onWindow(window);
  else if (direction !== undefined) {
    const marks = markers.map(({ x }) => x);
    const at = stepX(frame, marks, cursor?.at ?? null, direction) ?? cursor?.at ?? null;
    if (at !== null) setCursor({ at, point: null, by: 'keyboard' });
  } else if (event.key === 'Escape' && cursor !== null) setCursor(null);
  else if (event.key === 'Enter') open(eventAt(found, centre), false);
  else return;
  event.preventDefault();
}

const DIRECTIONS: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowRight: 1 };

/** Where a key moves the window to, null for the whole; undefined for a key that leaves it. */
function windowOf({ key, shiftKey }: KeyboardEvent, domain: Range, centre: number): Range | null | undefined {
  const direction = DIRECTIONS[key];
  if (direction !== undefined && shiftKey) return moved(domain, direction * 0.2);
  if (key === '+' || key === '=') return zoomed(domain, 0.5, centre);
  if (key === '-') return zoomed(domain, 2, centre);
  return key === '0' ? null : undefined;
}

/** The mark's event, else that of the first point that has one. */
function eventAt({ readings, markers }: Found, at: number): string | null {
  const marked = markers.find(({ event }) => event !== null)?.event?.event_id;
  if (marked !== undefined) return marked;
  for (const { drawn, index, x } of readings) {
    const id = drawn.series.events?.[index];
    if (id != null && (x === at || drawn.series.kind === 'step')) return id;
  }
  return null;
}
