'use client';

import { useDay, useNow, useServerSecond, useWall, useZone } from './clock';
import { cn } from '../cn';
import { formatAge, formatCoarse, formatDuration } from '../format';
import type { TimeFormat } from './time-format';
import { formatTime, formatUtc, isShowable } from './time-format';

const iso = (at: number): string | undefined =>
  isShowable(at) ? new Date(at * 1000).toISOString() : undefined;

/** A moment in the viewer's zone (in UTC until hydration is over), 24-hour, with UTC on hover. */
export function Time({
  at,
  format = 'auto',
  className,
}: {
  /** Epoch seconds. */
  at: number;
  format?: TimeFormat;
  className?: string;
}) {
  return format === 'auto' || format === 'minute' ? (
    <AutoTime at={at} format={format} className={className} />
  ) : (
    <Moment at={at} format={format} now={0} from={0} className={className} />
  );
}

/** Only these need the clock: they drop the date on the same day. */
function AutoTime({ at, format, className }: { at: number; format: 'auto' | 'minute'; className?: string }) {
  const now = useWall();
  const from = useDay();
  return <Moment at={at} format={format} now={now} from={from} className={className} />;
}

function Moment({
  at,
  format,
  now,
  from,
  className,
}: {
  at: number;
  format: TimeFormat;
  now: number;
  from: number;
  className?: string;
}) {
  const zone = useZone();
  return (
    <time dateTime={iso(at)} title={formatUtc(at)} className={className}>
      {formatTime(at, format, zone, now, from)}
    </time>
  );
}

/** How long ago by the server's own clock: for what the server or another process does, not for events. */
export function ServerAge({ at, className }: { at: number; className?: string }) {
  const now = useServerSecond();
  return (
    <time dateTime={iso(at)} title={formatUtc(at)} className={cn('whitespace-nowrap', className)}>
      {formatAge(at, now)}
    </time>
  );
}

/** How long ago, ticking once a second; the moment itself on hover. `coarse`: in its largest unit alone. */
export function Age({ at, coarse = false, className }: { at: number; coarse?: boolean; className?: string }) {
  const now = useNow();
  return (
    <time dateTime={iso(at)} title={formatUtc(at)} className={cn('whitespace-nowrap', className)}>
      {formatAge(at, now, coarse ? formatCoarse : formatDuration)}
    </time>
  );
}
