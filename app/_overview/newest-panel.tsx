'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Panel } from '@/components/ui/panel/panel';
import type { ListStart } from '@/server/live/feeds/list-start';
import { NewestFeed } from '../_client/newest/newest-feed';
import { NEWEST_SHOWN } from './topics';

const EVERYTHING = {};

export function NewestPanel({ start }: { start: ListStart | null }) {
  const [held, setHeld] = useState(false);
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
      <NewestFeed start={start} filter={EVERYTHING} limit={NEWEST_SHOWN} onHold={setHeld} />
    </Panel>
  );
}
