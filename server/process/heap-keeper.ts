import { constants, PerformanceObserver, type NodeGCPerformanceDetail } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes of the old generation that may be held without being used, just after a collection. */
const TOO_MUCH = 72 * 2 ** 20;
const LITTLE = 40 * 2 ** 20;

/** What the old generation holds from the system, and what of it is used. Bytes. */
export interface OldSpace {
  readonly held: number;
  readonly used: number;
}

/** Whether collections should give memory back; `before` is what was said last, so that it does not flicker. */
export function shouldCompact({ held, used }: OldSpace, before: boolean): boolean {
  return held - used > (before ? LITTLE : TOO_MUCH);
}

/**
 * Keeps the heap of a server that runs for weeks close to what is alive in it; returns how to stop that.
 *
 * Thousands of nodes change a little all the time, which leaves holes all over the old generation. V8 fills them, but
 * moves things together only when told that memory is short. So after each large collection the holes are looked at: with
 * too many, the next ones move up to 6 MB each, until few are left (decision 0061).
 */
export function keepHeapCompact(): () => void {
  let compacting = false;
  const observer = new PerformanceObserver((list) => {
    if (!list.getEntries().some(isMajor)) return;
    const compact = shouldCompact(oldSpace(), compacting);
    if (compact === compacting) return;
    compacting = compact;
    setFlagsFromString(compact ? '--optimize-for-size' : '--no-optimize-for-size');
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => observer.disconnect();
}

function isMajor(entry: PerformanceEntry): boolean {
  // Node says what kind it was in `detail`, which the type of the web's entries lacks.
  const { detail } = entry as PerformanceEntry & { readonly detail?: NodeGCPerformanceDetail };
  return detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}

function oldSpace(): OldSpace {
  const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space');
  return { held: space?.physical_space_size ?? 0, used: space?.space_used_size ?? 0 };
}
