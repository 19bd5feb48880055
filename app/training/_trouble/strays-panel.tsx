import Link from 'next/link';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { formatCount, formatPlural } from '@/components/ui/format';
import { EventLink } from '@/components/live/event-link';
import { Panel } from '@/components/ui/panel/panel';
import type { EventRef } from '@/domain/realtime/entities';

/** Events that name no job and came while no run of their config was under way: said, not dropped in silence. */
export function StraysPanel({ events, newest }: { events: number; newest: readonly EventRef[] }) {
  if (events === 0) return null;
  return (
    <Panel
      title="Events of no known run"
      hint={`${formatPlural(events, 'event')} without a job id, while no run of the config was under way`}
    >
      <ul className="relative grid max-h-48 gap-x-6 gap-y-1 overflow-auto text-xs md:grid-cols-2 xl:grid-cols-3">
        {groupsOf(newest).map(({ last, count }) => (
          <li key={last.event_id} className="flex min-w-0 items-baseline gap-2">
            <EventTypeName type={last.event_type} />
            <span className="min-w-0 truncate font-mono text-dim">{last.config ?? 'no config'}</span>
            <Link
              href={`/events?${new URLSearchParams({ type: last.event_type, ...(last.config === null ? {} : { config: last.config }) }).toString()}`}
              prefetch={false}
              className="underline decoration-line-strong underline-offset-2 hover:text-accent"
            >
              {formatCount(count)}×
            </Link>
            <EventLink event={last} className="ml-auto shrink-0" />
          </li>
        ))}
      </ul>
      {events > newest.length && (
        <p className="mt-2 text-2xs text-faint">Counted among the newest {formatCount(newest.length)}.</p>
      )}
    </Panel>
  );
}

/** By type and config, with the newest of each; `newest` comes newest first. */
function groupsOf(newest: readonly EventRef[]): { last: EventRef; count: number }[] {
  const groups = new Map<string, { last: EventRef; count: number }>();
  for (const event of newest) {
    const key = `${event.event_type} ${event.config ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { last: event, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()];
}
