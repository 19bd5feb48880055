'use client';

import Link from 'next/link';
import type { ServerStatus, UnseenProblems } from '@/domain/realtime/contract';
import { isAhead, isAtRest } from '@/domain/realtime/view-time';
import type { ConnectionState } from '../live/connection-badge';
import { ConnectionBadge } from '../live/connection-badge';
import { ProgressBar } from '../live/progress-bar';
import { Badge } from '../ui/signs/badge';
import { SEVERITY_TONE } from '../ui/signs/tone';
import { Button } from '../ui/controls/button';
import { cn } from '../ui/cn';
import { formatCoarse, formatCount, formatPlural, formatRate, NONE } from '../ui/format';
import { Time } from '../ui/time/time';
import { isFar } from '../ui/time/time-format';
import { PROBLEMS_ANCHOR } from './open-problems';

export interface StatusLineProps {
  connection: { readonly state: ConnectionState; readonly behindMs: number };
  status: ServerStatus;
  /** The server has newer pages than this one. */
  outdated: boolean;
}

/** What every page shows: is it live, how much happens, and up to which event the state is folded. */
export function StatusLine({ connection, status, outdated }: StatusLineProps) {
  // Without a connection nobody knows how much happens now.
  const cut = connection.state === 'reconnecting' || connection.state === 'offline';
  const resting = isAtRest(status.now, status.clock);
  return (
    <div
      className={cn(
        'flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1 text-xs',
        // On a small screen the page below must not jump while the connection is made. What would take a second line is
        // hidden whole: the first is as high as all of it.
        status.progress === null &&
          'max-sm:h-7 max-sm:overflow-hidden max-sm:before:-mr-4 max-sm:before:h-full',
      )}
    >
      <ConnectionBadge state={connection.state} behindMs={connection.behindMs} />
      {outdated && <ReloadButton />}
      {status.trouble !== null && !cut && <TroubleLink {...status.trouble} />}
      <span
        // Nothing happens in a history at rest: on a phone there is room for what it says instead.
        className={cn('whitespace-nowrap text-dim', (status.trouble !== null || resting) && 'max-sm:hidden')}
        title="Events committed per second, mean over the last 10 s"
      >
        <span className="text-fg">{cut ? NONE : formatRate(status.events_per_second)}</span> events/s
      </span>
      <span
        className="hidden whitespace-nowrap text-dim sm:inline"
        title="The last event that is folded into the state"
      >
        as of <span className="text-fg">#{formatCount(status.as_of_seq)}</span>
        {status.clock !== null && (
          <span className="hidden md:inline">
            {' '}
            at{' '}
            <Time
              at={status.clock}
              format={isFar(status.clock, status.now) ? 'datetime' : 'auto'}
              className="text-fg"
            />
          </span>
        )}
      </span>
      {status.problems.unseen > 0 && !cut && <ProblemsLink {...status.problems} />}
      {/* A simulated cluster lives faster than we do. */}
      {!status.demo && isAhead(status.now, status.clock) && (
        <AheadLink now={status.now} newest={status.clock} />
      )}
      {resting && (
        <Badge
          tone="warn"
          shape
          title="Nothing was added to this history for more than a week, so every age on the pages counts from its newest event"
        >
          <span>
            At rest<span className="hidden lg:inline">: ages count from the newest event</span>
          </span>
        </Badge>
      )}
      {status.dead_letters > 0 && !cut && <LettersLink count={status.dead_letters} />}
      {status.demo && (
        <Badge tone="info" shape title="A simulated cluster on its own data; nothing here is real">
          Demo
        </Badge>
      )}
      {status.progress !== null && <ProgressBar {...status.progress} />}
    </div>
  );
}

/** All of the cluster is dated ahead, as by a simulation, or because this machine's clock was set back: one machine alone is an open problem. */
function AheadLink({ now, newest }: { now: number; newest: number }) {
  const by = formatCoarse(newest - now);
  const thisMinute = Math.floor(now / 60) * 60;
  return (
    <Link href={`/events?since=${thisMinute + 60}`} prefetch={false} className="inline-flex rounded-sm">
      <Badge
        tone="warn"
        shape
        title={`The newest event is dated ${by} after this server’s time, and every age counts from it. Shows the events dated ahead, and so whose clock is wrong.`}
      >
        <span>
          {by} ahead<span className="hidden lg:inline">: a clock is wrong</span>
        </span>
      </Badge>
    </Link>
  );
}

/** What stands in the way of events, wherever one looks; the router's page says more. */
function TroubleLink({ name, detail }: NonNullable<ServerStatus['trouble']>) {
  const stored = name !== 'history';
  return (
    <Link href="/router" className="inline-flex rounded-sm">
      <Badge tone={stored ? 'bad' : 'crit'} shape title={detail}>
        {stored ? (
          <>
            Trouble<span className="max-sm:sr-only"> with {name}</span>
          </>
        ) : (
          'No event is stored'
        )}
      </Badge>
    </Link>
  );
}

/** What waits for somebody, on whichever page they are: the overview lists it. */
function ProblemsLink({ unseen, worst }: UnseenProblems) {
  return (
    <Link href={`/#${PROBLEMS_ANCHOR}`} prefetch={false} className="inline-flex rounded-sm">
      <Badge
        tone={worst === null ? 'off' : SEVERITY_TONE[worst]}
        shape
        title={`Open problems that nobody has acknowledged; the worst is ${worst ?? 'unknown'}`}
      >
        <span>
          {formatCount(unseen)}{' '}
          <span className="max-sm:sr-only">{unseen === 1 ? 'problem' : 'problems'}</span>
        </span>
      </Badge>
    </Link>
  );
}

/** What could not become an event is nowhere else than on the router's page; on a phone there is no room to say so. */
function LettersLink({ count }: { count: number }) {
  return (
    <Link href="/router" prefetch={false} className="inline-flex rounded-sm max-sm:hidden">
      <Badge
        tone="warn"
        shape
        title="Rows that could not become events, and events that a handler failed on: look why, then retry or discard them"
      >
        {formatPlural(count, 'dead letter')}
      </Badge>
    </Link>
  );
}

/** Not by itself: something may be half typed. */
function ReloadButton() {
  return (
    <span role="status" className="inline-flex">
      <Button
        variant="active"
        title="The server has newer pages than this one: what it shows and does may not fit any more"
        onClick={() => window.location.reload()}
      >
        Updated: reload
      </Button>
    </span>
  );
}
