import { useEffect, useRef, useState } from 'react';

/**
 * The value, changing at most every `ms` milliseconds: at once after a pause, and never later than `ms` after a change.
 * A throttle, not a debounce: under steady traffic it goes on changing.
 */
export function useThrottled<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value);
  const shownAt = useRef(-Infinity);
  useEffect(() => {
    const wait = Math.max(0, shownAt.current + ms - performance.now());
    const timer = setTimeout(() => {
      shownAt.current = performance.now();
      setShown(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return shown;
}
