import { setTimeout as delay } from 'node:timers/promises';

const MAX_WAIT_MS = 1000;

/**
 * Repeats `work` until it succeeds, waiting 50 ms at first and at most 1 s; `onFailure` hears each failure. Resolves to
 * undefined, without another attempt, once the signal is aborted.
 */
export async function untilItWorks<T>(
  work: () => Promise<T>,
  signal: AbortSignal,
  onFailure: (error: unknown) => void,
): Promise<T | undefined> {
  for (let wait = 50; ; wait = Math.min(wait * 2, MAX_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      if (isAborted(signal)) return undefined;
      onFailure(error);
    }
    await delay(wait, undefined, { signal }).catch(() => undefined);
    if (isAborted(signal)) return undefined;
  }
}

/** A function, because the compiler takes a property that was false once for false ever after. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
