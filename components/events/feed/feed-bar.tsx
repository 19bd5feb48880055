'use client';

import { Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/controls/button';
import { cn } from '@/components/ui/cn';
import { formatCount } from '@/components/ui/format';
import { Kbd } from '@/components/ui/signs/kbd';
import { StatusDot } from '@/components/ui/signs/status-dot';
import type { Tone } from '@/components/ui/signs/tone';
import type { FeedView } from './feed-controller';

/** "1,234 new", or "more than 1,234 new" when a reconnect skipped some. */
function newText({ waiting, waitingExact }: FeedView['state']): string {
  return `${waitingExact ? '' : 'more than '}${formatCount(waiting)} new`;
}

/** In a rush nobody could read along, so nobody is sent every row. */
function following({ rush }: FeedView): string {
  return rush
    ? 'Following in leaps: more events match than can be listed one by one. Pause or filter to read them all'
    : 'Following';
}

interface Doing {
  readonly tone: Tone;
  readonly says: string;
  /** What says as much where the bar is narrow, on a phone or beside an open event, and `says` would be cut. */
  readonly briefly?: string;
}

const SILENT: Doing = {
  tone: 'warn',
  says: 'No word from the server: the list stands still, and goes on where it was when the server is back',
};

/**
 * So many characters take what room there is: on a phone a longer word would break the bar in two lines and push the list
 * away under a finger that is just pressing a row.
 */
const SHORT = 24;

function doing(view: FeedView, past: boolean): Doing {
  if (view.paused) return { tone: 'info', says: 'Paused' };
  // Nobody waits here for what cannot come; an event that arrives late is listed all the same.
  if (past && !view.state.held) return { tone: 'info', says: 'A past stretch', briefly: 'Past' };
  return view.state.held
    ? { tone: 'busy', says: 'Held while you read', briefly: 'Held' }
    : { tone: 'ok', says: following(view) };
}

/** What the feed is doing, how many events match, how the list looks, and the button of the live tail. */
export function FeedBar({
  view,
  silent,
  past,
  total,
  onTail,
  summary,
  children,
}: {
  view: FeedView;
  /** Nothing comes from the server, not even a sign of life. */
  silent: boolean;
  /** True where the stretch of time that is listed has ended. */
  past: boolean;
  /** Matching events in history; null while unknown. Counted up to 100,000. */
  total: number | null;
  /** Between following and standing still. */
  onTail: () => void;
  /** The way to facets and bars, where they do not stand around the list. */
  summary: ReactNode;
  children: ReactNode;
}) {
  const { paused, state } = view;
  const { tone, says, briefly } = silent ? SILENT : doing(view, past);
  const Icon = state.held ? Play : Pause;
  return (
    <div className="@container flex min-h-9 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b px-3 py-1 text-xs text-dim sm:gap-x-3">
      {summary}
      <span
        role="status"
        className={cn(
          'flex min-w-0 @max-2xs:order-first @max-2xs:basis-full',
          says.length > SHORT ? 'basis-auto' : 'min-w-16 flex-1 basis-0',
        )}
      >
        {briefly !== undefined && <StatusDot tone={tone} label={briefly} className="@xl:hidden" />}
        <StatusDot tone={tone} label={says} className={briefly === undefined ? '' : '@max-xl:hidden'} />
      </span>
      <span className="ml-auto whitespace-nowrap" data-testid="total">
        {total !== null && `${formatCount(total)}${total >= 100_000 ? '+' : ''} match`}
      </span>
      {children}
      <Button data-testid="pause" onClick={onTail}>
        <Icon className="size-3.5" aria-hidden />
        <span className="@max-2xs:sr-only">{paused ? 'Resume' : state.held ? 'Follow' : 'Pause'}</span>
        <span className="hidden @md:inline-flex" aria-hidden>
          <Kbd>t</Kbd>
        </span>
      </Button>
    </div>
  );
}

/** Floats over the top of a feed that stands still while events arrive. */
export function NewPill({ view, onResume }: { view: FeedView; onResume: () => void }) {
  const { held, waiting } = view.state;
  if (!held || waiting === 0) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 top-8 z-20 flex justify-center">
      <Button
        variant="primary"
        data-testid="new-rows"
        className="pointer-events-auto rounded-full shadow-float"
        onClick={onResume}
      >
        {newText(view.state)}
        <span className="sr-only">: show them</span>
      </Button>
    </div>
  );
}
