'use client';

import type { ReactNode } from 'react';
import { NewestList } from '@/components/overview/newest-list';
import type { EventFilter } from '@/domain/realtime/contract';
import type { ListStart } from '@/server/live/feeds/list-start';
import { useNewest } from './use-newest';

/** The newest events of a filter, live; they hold still while somebody is about to click. */
export function NewestFeed({
  start,
  filter,
  limit,
  empty = null,
  onHold,
}: {
  start: ListStart | null;
  filter: EventFilter;
  limit: number;
  /** Instead of rows, once it is known that there are none. */
  empty?: ReactNode;
  onHold?: (still: boolean) => void;
}) {
  const { rows, searched, hold } = useNewest(start, filter, limit);
  if (rows.length === 0 && searched === null) return empty;
  const setHeld = (still: boolean): void => {
    hold(still);
    onHold?.(still);
  };
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <NewestList rows={rows} />
      {searched !== null && (
        <p className="px-3 py-2 text-center text-2xs text-faint tabular-nums">
          Searching older ones: {Math.floor(searched * 100)} % of history so far …
        </p>
      )}
    </div>
  );
}
