import Link from 'next/link';
import { Badge } from '@/components/ui/signs/badge';
import { CategoryIcon } from '@/components/ui/names/category-label';
import { cn } from '@/components/ui/cn';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { formatDuration, NONE } from '@/components/ui/format';
import { SeverityIcon } from '@/components/ui/signs/severity-icon';
import { Td, Tr } from '@/components/ui/panel/table';
import { formatUtc } from '@/components/ui/time/time-format';
import type { ChainMember } from '@/domain/chains';

const PLACE = { before: 'Before: ', this: 'This event: ', after: 'After: ' } as const;

/** Short spans need their fractions: many steps of a chain share a second. */
export function formatSpan(seconds: number): string {
  return seconds < 10 && seconds % 1 !== 0
    ? `${seconds.toFixed(seconds < 1 ? 2 : 1)} s`
    : formatDuration(seconds);
}

/** One event of a chain: what, when since the beginning and since the one before, where, and why it belongs. */
export function ChainRow({ member, scale }: { member: ChainMember; scale: number }) {
  const own = member.place === 'this';
  return (
    <Tr aria-current={own ? 'true' : undefined} className={cn(own && 'bg-accent-soft hover:bg-accent-soft')}>
      <Td className={cn('border-l-2 py-1', own ? 'border-l-accent' : 'border-l-transparent')}>
        <EventCell member={member} />
      </Td>
      <Td className="hidden py-1 lg:table-cell">
        <Bar member={member} scale={scale} />
      </Td>
      <Td className="py-1 text-right whitespace-nowrap tabular-nums" title={formatUtc(member.timestamp)}>
        +{formatSpan(member.offset)}
      </Td>
      <Td className="hidden py-1 text-right whitespace-nowrap text-dim tabular-nums sm:table-cell">
        {member.gap === null ? NONE : formatSpan(member.gap)}
      </Td>
      <Td className="hidden py-1 font-mono text-2xs whitespace-nowrap text-dim md:table-cell">
        {member.node ?? NONE}
      </Td>
      <Td className="hidden py-1 whitespace-nowrap text-dim xl:table-cell">{member.by}</Td>
    </Tr>
  );
}

function EventCell({ member }: { member: ChainMember }) {
  const own = member.place === 'this';
  return (
    <span className="flex min-w-0 items-center gap-1.5 [&>svg]:shrink-0">
      <SeverityIcon severity={member.severity} />
      <CategoryIcon category={member.category} />
      <span className="flex min-w-0 flex-wrap items-center gap-x-2">
        <Link
          data-chain-event
          href={`/events/${member.event_id}`}
          prefetch={false}
          title={member.summary === '' ? member.event_type : member.summary}
          className={cn(
            'flex min-w-0 items-center gap-1.5 hover:text-accent hover:underline',
            own && 'font-semibold',
          )}
        >
          <span className="sr-only">{PLACE[member.place]}</span>
          <EventTypeName type={member.event_type} wrap />
        </Link>
        {own && (
          <Badge tone="busy" dense shape>
            this event
          </Badge>
        )}
      </span>
    </span>
  );
}

const BAD: ReadonlySet<string> = new Set(['error', 'critical']);

/** The wait since the event before it, and the event as its end. */
function Bar({ member, scale }: { member: ChainMember; scale: number }) {
  const from = (member.offset - (member.gap ?? 0)) / scale;
  const to = member.offset / scale;
  const look = BAD.has(member.severity) ? 'bg-bad' : member.place === 'this' ? 'bg-accent' : 'bg-dim';
  return (
    <span aria-hidden className="relative block h-4 min-w-20 overflow-hidden">
      <span
        className="absolute top-1/2 h-px bg-line-strong"
        style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
      />
      <span
        className={cn('absolute inset-y-0.5 w-1 rounded-full', look)}
        style={{ left: `calc(${to} * (100% - 0.25rem))` }}
      />
    </span>
  );
}
