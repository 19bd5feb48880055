import Link from 'next/link';

/** An id may be longer than a phone is wide, and have no place to break at. */
export function AllEvents({ id }: { id: string }) {
  return (
    <Link
      href={`/events?q=${encodeURIComponent(`"${id}"`)}`}
      className="max-w-full self-start text-xs break-words text-accent underline underline-offset-2"
    >
      All events that name {id}
    </Link>
  );
}
