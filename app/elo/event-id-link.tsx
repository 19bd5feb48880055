import Link from 'next/link';
import type { ReactNode } from 'react';

/** The event behind a figure. */
export function EventIdLink({ id, children }: { id: string | null; children: ReactNode }) {
  if (id === null) return children;
  return (
    <Link
      href={`/events/${encodeURIComponent(id)}`}
      prefetch={false}
      className="rounded-sm underline decoration-line-strong underline-offset-2 hover:text-accent"
    >
      {children}
    </Link>
  );
}
