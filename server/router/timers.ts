/** Time as the router needs it, replaceable in tests. Milliseconds; `now` is monotonic. */
export interface Timers {
  now(): number;
  set(run: () => void, ms: number): TimerHandle;
}

/** Cancels; calling it late or twice does nothing. */
export type TimerHandle = () => void;

/** The process's own timers; they never keep it alive. */
export const systemTimers: Timers = {
  now: () => performance.now(),
  set(run, ms) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
