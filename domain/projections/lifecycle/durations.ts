import type { StoredEvent } from '../../events/envelope';
import { evictLowest } from '../shared/bounds';
import { ranked } from '../shared/rank';
import type { Hop } from './hops';
import { durations, type Durations, type Finding, type HopState } from './state';

/** How many durations are remembered per hop and config, and configs per hop. */
const SAMPLES = 64;
const MAX_CONFIGS = 200;
/** From how many on a config's own durations are trusted, and those of all configs together. */
const ENOUGH_OWN = 8;
const ENOUGH_ALL = 12;
/** A step is overdue once it takes this many times what nearly all of the last ones took, and never sooner than LEAST_S. */
const FACTOR = 3;
export const LEAST_S = 120;
/** How many new durations it takes until a long history is judged anew; sorting at each would cost more than it tells. */
const REFRESH = 8;

/** How long a step may take, and by what that is judged. Seconds. */
export type Allowance = Pick<Finding, 'usual_seconds' | 'judged_by' | 'samples'> & { limit: number };

/** Notes how long a stretch took, for its config and over all. */
export function recordDuration(state: HopState, event: StoredEvent, seconds: number): void {
  add(state.all, event.timestamp, seconds);
  if (event.config === null) return;
  let own = state.own.get(event.config);
  if (own === undefined) {
    own = durations();
    state.own.set(event.config, own);
    own.at = event.timestamp;
    evictLowest(state.own, MAX_CONFIGS, (each) => each.at);
  }
  add(own, event.timestamp, seconds);
}

function add(target: Durations, at: number, seconds: number): void {
  target.seconds[target.next] = seconds;
  target.next = (target.next + 1) % SAMPLES;
  target.at = Math.max(target.at, at);
  if (target.seconds.length <= 2 * REFRESH || target.next % REFRESH === 0) judge(target);
}

function judge(target: Durations): void {
  const count = target.seconds.length;
  const [median, p95] = ranked(target.seconds, [Math.floor((count - 1) / 2), Math.ceil(count * 0.95) - 1]);
  target.median = median ?? null;
  target.p95 = p95 ?? null;
}

/**
 * How long the hop's next step may take: three times the 95th percentile of the config's own last 64, at least two
 * minutes; by all configs together while its own are fewer than eight; by a fixed limit while even those are few.
 */
export function allowance(hop: Hop, state: HopState, config: string | null): Allowance {
  const own = config === null ? undefined : state.own.get(config);
  if (own !== undefined && own.seconds.length >= ENOUGH_OWN) return judged(own, 'config', hop);
  if (state.all.seconds.length >= ENOUGH_ALL) return judged(state.all, 'all', hop);
  return { limit: hop.limit, usual_seconds: null, judged_by: 'default', samples: state.all.seconds.length };
}

function judged(by: Durations, judged_by: 'config' | 'all', hop: Hop): Allowance {
  const limit = by.p95 === null ? hop.limit : Math.max(LEAST_S, by.p95 * FACTOR);
  return { limit, usual_seconds: by.median, judged_by, samples: by.seconds.length };
}
