import Link from 'next/link';
import type { ReactNode } from 'react';
import { Time } from '@/components/ui/time/time';

/** A step of a run's life: what, in words, and when, as a link to its event. */
export function Step({
  name,
  at,
  eventId,
  children,
}: {
  name: string;
  at: number | null;
  eventId: string | null;
  children: ReactNode;
}) {
  return (
    <li className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 px-3 py-2 sm:grid-cols-[6.5rem_minmax(0,1fr)_auto]">
      <span className="text-dim">{name}</span>
      <span className="min-w-0 break-words">{children}</span>
      <span className="col-start-2 text-2xs text-faint sm:col-start-3 sm:text-right">
        {at === null ? null : eventId === null ? (
          <Time at={at} />
        ) : (
          <Link
            href={`/events/${eventId}`}
            prefetch={false}
            className="underline decoration-line-strong underline-offset-2 hover:text-accent"
          >
            <Time at={at} />
          </Link>
        )}
      </span>
    </li>
  );
}

/** For what is not known. */
export const Faint = ({ children }: { children: ReactNode }) => (
  <span className="text-faint">{children}</span>
);
