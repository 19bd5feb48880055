'use client';

import Link from 'next/link';
import { useEffect, useEffectEvent, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { formatCount } from '@/components/ui/format';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { SeverityIcon } from '@/components/ui/signs/severity-icon';
import { Time } from '@/components/ui/time/time';
import type { RiverHit } from './engine';

const WIDTH = 260;
/** Looks an event up only for a pointer that rests. */
const REST_MS = 150;

/** Config and summary of an event, which dots do not carry; null when it is not to be had. */
export type Describe = (hit: RiverHit) => Promise<{ config: string | null; summary: string } | null>;

function useDescription(hit: RiverHit, describe: Describe): string | null {
  const [found, setFound] = useState<{ seq: number; text: string } | null>(null);
  const { seq } = hit;
  const look = useEffectEvent(() => describe(hit));
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      look()
        .then((event) => {
          if (wanted && event)
            setFound({ seq, text: [event.config, event.summary].filter((part) => part).join(' · ') });
        })
        // The card stays as it is: type and time are there already.
        .catch(() => undefined);
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [seq]);
  return found?.seq === seq ? found.text : null;
}

/** Names the event under the pointer, beside its mark and never outside the river. */
export function HitCard({ hit, describe }: { hit: RiverHit; describe: Describe }) {
  const description = useDescription(hit, describe);
  const below = hit.y < 80;
  return (
    <div
      className={cn(
        'pointer-events-none absolute z-10 flex flex-col gap-0.5 rounded border bg-surface px-2 py-1.5 text-xs shadow-float',
        below ? '' : '-translate-y-full',
      )}
      style={{
        width: `min(${WIDTH}px, 100%)`,
        left: `clamp(0px, ${hit.x - WIDTH / 2}px, calc(100% - min(${WIDTH}px, 100%)))`,
        top: below ? hit.y + 14 : hit.y - 14,
      }}
    >
      <Link
        href={`/events/${hit.seq}`}
        prefetch={false}
        className="pointer-events-auto flex min-w-0 items-center gap-1.5 hover:underline"
      >
        <SeverityIcon severity={hit.severity} />
        <EventTypeName type={hit.eventType} className="font-medium" />
      </Link>
      <span className="text-dim">
        <Time at={hit.time} format="datetime" />
      </span>
      {description !== null && <span className="line-clamp-2 break-words text-dim">{description}</span>}
      {hit.count > 1 && <span className="text-faint">newest of {formatCount(hit.count)} events here</span>}
    </div>
  );
}
