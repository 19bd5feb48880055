import type { DotRing } from './dot-ring';

/** Producers' clocks run a little ahead of ours without it meaning anything. */
const CLOCK_SLACK_SECONDS = 5;
/** Up to this share of dots from the future are wrong clocks, not the story. */
const OUTLIER_SHARE = 0.01;

/** Where the river's right edge lies. `live`: at the present; else at the newest event, `behind` seconds before the present (negative: after it). */
export type Anchor =
  | { readonly kind: 'live'; readonly end: number }
  | { readonly kind: 'newest'; readonly end: number; readonly behind: number };

/**
 * The window ends now as long as events lie in it. When none do (a recording, an import, a simulated clock that runs
 * ahead), it ends at the newest event instead, so that there is something to see. A few events dated in the future do
 * not move it.
 */
export function anchorOf(ring: DotRing, now: number, windowSeconds: number): Anchor {
  const horizon = now + CLOCK_SLACK_SECONDS;
  let inWindow = 0;
  let future = 0;
  let newestPast = -Infinity;
  let newest = -Infinity;
  for (let i = 0; i < ring.size; i++) {
    const time = ring.timeAt(i);
    if (time > newest) newest = time;
    if (time > horizon) future += 1;
    else {
      if (time > newestPast) newestPast = time;
      if (time >= now - windowSeconds) inWindow += 1;
    }
  }
  if (ring.size === 0 || (inWindow > 0 && inWindow >= future)) return { kind: 'live', end: now };
  const wrongClocks = future <= ring.size * OUTLIER_SHARE && newestPast > -Infinity;
  const end = wrongClocks ? newestPast : newest;
  return { kind: 'newest', end, behind: now - end };
}

const STEPS_SECONDS = [5, 10, 15, 30, 60, 120, 300, 600];

/** Round times for the axis, ascending, at most `most` of them. */
export function ticks(from: number, to: number, most: number): number[] {
  const step = STEPS_SECONDS.find((s) => (to - from) / s <= most) ?? to - from;
  const found: number[] = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) found.push(t);
  return found;
}
