'use client';

import { useNow } from './clock';
import { formatDuration } from './format';

/** The span since `at` (epoch seconds), ticking once a second. */
export function Elapsed({ at, className }: { at: number; className?: string }) {
  const now = useNow();
  return <span className={className}>{formatDuration(now - at)}</span>;
}
