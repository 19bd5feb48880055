import { formatCompact, formatCount } from '@/components/ui/format';
import type { EventsSummary } from './use-summary';

type Counted = Pick<EventsSummary, 'total' | 'exact' | 'sampled' | 'removed'>;

/** How far counts can be trusted, in words. A sample without a match is no estimate of 0: there may be thousands elsewhere. */
export function howCounted({ total, exact, sampled, removed }: Counted, counting: boolean): string {
  const gone = removed === 0 ? '' : `; bars also count ${formatCount(removed)} removed since`;
  if (exact) return `Every match counted${gone}`;
  const events = sampled && `${formatCompact(sampled.events)} of ${formatCompact(sampled.of)} events`;
  const found =
    total === 0
      ? `No match met${events ? ` in ${events}` : ' yet'}`
      : `≈ ${formatCount(total)} match: estimated${events ? ` from ${events}` : ''}`;
  return `${found}${counting ? ', still counting' : ''}${gone}`;
}
