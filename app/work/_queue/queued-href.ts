import { OTHER, UNKNOWN } from '@/domain/projections/work/groups';
import { printValue } from '@/domain/query/print';
import type { QueueRecord } from '@/server/api/pages/work/queue';

/** The times of the list of events are whole milliseconds, and its end is shown too. */
const BEFORE_S = 0.001;

/** Where the events are by which work of a type came in; null for what is counted together under no type of its own. */
export function queuedHref(workType: string, { since, until }: QueueRecord['counted']): string | null {
  if (workType === UNKNOWN || workType === OTHER) return null;
  const query = new URLSearchParams({ type: 'WORK_QUEUED', q: `payload.work_type=${printValue(workType)}` });
  if (since !== null) query.set('since', String(since));
  if (until !== null) query.set('until', (until - BEFORE_S).toFixed(3));
  return `/events?${query.toString()}`;
}
