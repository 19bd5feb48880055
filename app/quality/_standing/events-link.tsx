import Link from 'next/link';

/** The events of one type about a config, behind a count of them. */
export function EventsLink({ type, config, text }: { type: string; config: string; text: string }) {
  return (
    <Link
      href={`/events?type=${type}&config=${encodeURIComponent(config)}`}
      prefetch={false}
      title={type}
      className="min-w-6 rounded-sm text-right text-dim underline decoration-line-strong underline-offset-2 hover:text-accent"
    >
      {text}
    </Link>
  );
}
