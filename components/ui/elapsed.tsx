'use client';

import { useNow, useServerSecond } from './clock';
import { formatDuration } from './format';

/** The span since `at` (epoch seconds), ticking once a second. */
export function Elapsed({ at, className }: { at: number; className?: string }) {
  const now = useNow();
  return <span className={className}>{formatDuration(now - at)}</span>;
}

/** The span since the server itself did something: by its own clock, also while the cluster's events stand still. */
export function ServerElapsed({ at }: { at: number }) {
  return <span>{formatDuration(useServerSecond() - at)}</span>;
}
