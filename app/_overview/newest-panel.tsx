'use client';

import Link from 'next/link';
import { useState, useSyncExternalStore } from 'react';
import { NewestList } from '@/components/overview/newest-list';
import { Panel } from '@/components/ui/panel';
import type { EventRow } from '@/domain/events/envelope';
import { useLiveFeed } from '../_client/live-provider';
import { NewestRows } from './newest-rows';
import { NEWEST_SHOWN } from './topics';

const EVERYTHING = {};

export function NewestPanel({ rows }: { rows: readonly EventRow[] }) {
  const [newest] = useState(() => new NewestRows(rows, NEWEST_SHOWN));
  const [held, setHeld] = useState(false);
  const shown = useSyncExternalStore(newest.subscribe, newest.shown, newest.shown);
  useLiveFeed({ shape: 'row', filter: EVERYTHING, limit: NEWEST_SHOWN, initialRows: rows }, (frame) => {
    if (frame.kind === 'rows') newest.take(frame.rows, frame.reset);
  });
  const hold = (still: boolean): void => {
    setHeld(still);
    newest.hold(still);
  };
  return (
    <Panel
      title="Newest events"
      hint={held ? 'held while you point at it' : undefined}
      header={
        <Link href="/events" prefetch={false} className="text-xs text-accent hover:underline">
          All events
        </Link>
      }
      flush
      // Beside the river it is as high as the river; what does not fit scrolls.
      className="max-h-[32rem] xl:max-h-none xl:contain-size"
      scrolls
    >
      <div
        onPointerEnter={() => hold(true)}
        onPointerLeave={() => hold(false)}
        onFocus={() => hold(true)}
        onBlur={() => hold(false)}
      >
        <NewestList rows={shown} />
      </div>
    </Panel>
  );
}
