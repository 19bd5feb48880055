import Link from 'next/link';
import { EventTypeName } from '@/components/ui/names/event-type-name';

/** An event type, one click from its events. */
export function TypeLink({ type }: { type: string }) {
  return (
    <Link
      href={`/events?type=${encodeURIComponent(type)}`}
      prefetch={false}
      className="inline-flex max-w-72 min-w-0 rounded-sm underline decoration-line-strong underline-offset-2 hover:text-accent"
    >
      <EventTypeName type={type} />
    </Link>
  );
}
