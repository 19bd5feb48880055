import type { WireAvailability } from '@/server/api/pages/nodes';
import { formatDuration, NONE } from '../ui/format';

/** 99.87 %, never rounded up to 100 % while something is missing. */
export function formatAvailability(availability: WireAvailability | undefined): string {
  const share = availability?.[0] ?? null;
  if (share === null) return NONE;
  if (share >= 1) return '100 %';
  const percent = Math.floor(share * 1e4) / 100;
  return `${percent.toFixed(percent >= 99 ? 2 : 1)} %`;
}

/** What the share is of, where less than the whole window is known. */
export function sayKnown([, known]: WireAvailability, window: number): string {
  return known >= window - 60 ? 'all of it known' : `of ${formatDuration(known)} known`;
}
