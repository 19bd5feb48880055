'use client';

import { useServerStatus } from '@/app/_client/live/live-provider';
import { Time } from '@/components/ui/time/time';
import { STALE_AFTER_S } from '@/domain/projections/nodes/silence';

/** Said where the newest event is so old, as in a recording, that one of now lets every node fall silent. */
export function DatedNow() {
  const { now, clock } = useServerStatus();
  if (clock === null || now - clock <= STALE_AFTER_S) return null;
  return (
    <p className="text-xs text-dim">
      The newest event is of <Time at={clock} format="datetime" />. This one is dated now: ages then count
      from now, and every node counts as stale until something comes from it.
    </p>
  );
}
