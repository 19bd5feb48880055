'use client';

import { useNow, useServerSecond } from './clock';
import { formatCoarse, formatDuration } from '../format';

/** The span since `at` (epoch seconds), ticking once a second; `coarse`: in its largest unit alone. */
export function Elapsed({ at, coarse = false }: { at: number; coarse?: boolean }) {
  const span = useNow() - at;
  return <span className="whitespace-nowrap">{coarse ? formatCoarse(span) : formatDuration(span)}</span>;
}

/** The span since the server itself did something: by its own clock, also while the cluster's events stand still. */
export function ServerElapsed({ at }: { at: number }) {
  return <span className="whitespace-nowrap">{formatDuration(useServerSecond() - at)}</span>;
}
