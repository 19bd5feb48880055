/** A node from which nothing came for longer than this, by event time, is stale. */
export const STALE_AFTER_S = 15 * 60;

/**
 * Silence is noticed at the full minute: then all nodes are looked through once, however many fall silent and whatever
 * comes meanwhile.
 */
export function minuteStart(clock: number): number {
  return Math.floor(clock / 60) * 60;
}

export function isSilent(last: number | null, clock: number | null): boolean {
  return clock !== null && last !== null && minuteStart(clock) > last + STALE_AFTER_S;
}

/** Silences remembered per node. */
const MAX_GAPS = 60;

/** When a node gave signs of life: first, newest, and the silences between that made it stale, `[from, to]` flat, ascending. */
export type Signs = {
  first: number | null;
  last: number | null;
  gaps: number[];
  /** Up to here silences were dropped; -Infinity while none was. */
  cutTo: number;
};

export function signs(): Signs {
  return { first: null, last: null, gaps: [], cutTo: -Infinity };
}

/** Takes in a sign of life; late ones shorten the silence in which they fall. */
export function addSign(state: Signs, t: number): void {
  if (state.first === null || state.last === null) {
    state.first = state.last = t;
  } else if (t > state.last) {
    if (t - state.last > STALE_AFTER_S) state.gaps.push(state.last, t);
    state.last = t;
  } else if (t < state.first) {
    if (state.first - t > STALE_AFTER_S) state.gaps.unshift(t, state.first);
    state.first = t;
  } else {
    splitGap(state.gaps, t);
  }
  if (state.gaps.length <= 2 * MAX_GAPS) return;
  state.cutTo = Math.max(state.cutTo, state.gaps[1] ?? -Infinity);
  state.gaps.splice(0, 2);
}

function splitGap(gaps: number[], t: number): void {
  for (let index = gaps.length - 2; index >= 0; index -= 2) {
    const [from, to] = [gaps[index] ?? t, gaps[index + 1] ?? t];
    if (t >= to) return;
    if (t <= from) continue;
    const left = t - from > STALE_AFTER_S ? [from, t] : [];
    const right = to - t > STALE_AFTER_S ? [t, to] : [];
    gaps.splice(index, 2, ...left, ...right);
    return;
  }
}

/** Stretches in which the node was stale, until `clock`: they begin when the silence had lasted 15 minutes. */
export function staleSpans(state: Signs, clock: number): [from: number, to: number][] {
  const spans: [number, number][] = [];
  for (let index = 0; index + 1 < state.gaps.length; index += 2) {
    spans.push([(state.gaps[index] ?? 0) + STALE_AFTER_S, state.gaps[index + 1] ?? 0]);
  }
  if (state.last !== null && isSilent(state.last, clock)) spans.push([state.last + STALE_AFTER_S, clock]);
  return spans;
}
