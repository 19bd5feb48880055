import type { Hop } from './hops';
import type { HopState } from './state';

/** How many durations are remembered per hop, and from how many on they are trusted over the default. */
const SAMPLES = 64;
const ENOUGH = 12;
/** A step is overdue once it takes this many times what nearly all of the last ones took. */
const FACTOR = 3;
const LEAST_S = 120;

/** How many new durations it takes until the limit is worked out anew; sorting at each would cost more than it tells. */
const REFRESH = 8;

export function recordDuration(hop: Hop, state: HopState, seconds: number): void {
  state.durations[state.next] = seconds;
  state.next = (state.next + 1) % SAMPLES;
  if (state.next % REFRESH === 0) state.limit = limitFrom(hop, state.durations);
}

/** Seconds after which the hop's next step is overdue: from its own history where that is long enough. */
function limitFrom(hop: Hop, durations: readonly number[]): number {
  if (durations.length < ENOUGH) return hop.limit;
  const sorted = [...durations].sort((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length * 0.95)] ?? sorted.at(-1) ?? hop.limit;
  return Math.max(LEAST_S, usual * FACTOR);
}
