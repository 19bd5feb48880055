/** What `useSyncExternalStore` subscribes with. */
export type Subscribe = (listener: () => void) => () => void;

/**
 * Tells of changes at most every `ms` milliseconds: at once after a pause, and never later than `ms` after a change.
 * A throttle, not a debounce: under steady traffic it goes on telling. Between two calls nobody renders at all.
 */
export function paced(subscribe: Subscribe, ms: number): Subscribe {
  return (listener) => {
    let toldAt = -Infinity;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const tell = (): void => {
      timer = null;
      toldAt = performance.now();
      listener();
    };
    const stop = subscribe(() => {
      timer ??= setTimeout(tell, Math.max(0, toldAt + ms - performance.now()));
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  };
}
