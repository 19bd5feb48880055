import Link from 'next/link';
import type { ReactNode } from 'react';
import type { EventRef } from '@/domain/realtime/entities';
import { cn } from '../ui/cn';
import { NONE } from '../ui/format';
import { Age } from '../ui/time/time';

/** The event behind a figure, one click away; by default told by its age. A dash where there is none. */
export function EventLink({
  event,
  children,
  className,
}: {
  event: Pick<EventRef, 'event_id' | 'event_type' | 'timestamp'> | null;
  children?: ReactNode;
  className?: string;
}) {
  if (event === null) return <span className="text-faint">{NONE}</span>;
  return (
    <Link
      href={`/events/${encodeURIComponent(event.event_id)}`}
      prefetch={false}
      title={event.event_type}
      className={cn(
        'rounded-sm text-dim underline decoration-line-strong underline-offset-2 hover:text-accent',
        className,
      )}
    >
      {children ?? <Age at={event.timestamp} />}
    </Link>
  );
}
