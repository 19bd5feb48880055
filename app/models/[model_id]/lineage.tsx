import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { EventLink } from '@/components/live/event-link';
import { cn } from '@/components/ui/cn';
import { Panel } from '@/components/ui/panel/panel';
import { ToneShape } from '@/components/ui/signs/status-dot';
import { Time } from '@/components/ui/time/time';
import type { ModelLife } from '@/server/api/pages/models/life';
import { lineageCards, type LineageCard } from './lineage-cards';

/** From the games to the nodes: six steps, each with its figure and the event that says so. */
export function LineagePanel({ life }: { life: ModelLife }) {
  return (
    <Panel title="Lineage" hint="games → export → training → evaluations → decision → nodes">
      <ol className="flex min-w-0 flex-col gap-2 lg:flex-row lg:items-stretch lg:gap-1">
        {lineageCards(life).map((card, index) => (
          <Fragment key={card.title}>
            {index > 0 && (
              <li aria-hidden className="flex shrink-0 items-center justify-center text-faint">
                <ChevronRight className="size-4 rotate-90 lg:rotate-0" />
              </li>
            )}
            <Card card={card} />
          </Fragment>
        ))}
      </ol>
    </Panel>
  );
}

function Card({ card }: { card: LineageCard }) {
  const { title, tone, figure, unit, details, event, href, missing } = card;
  const known = figure !== null;
  return (
    <li className={cn('flex min-w-0 flex-1 flex-col gap-0.5 rounded border p-2', !known && 'border-dashed')}>
      <span className="flex items-center gap-1.5 text-xs text-dim">
        <ToneShape tone={tone} className="size-2" />
        {title}
      </span>
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-1">
        <span className={cn('min-w-0 truncate text-lg font-semibold tracking-tight', !known && 'text-faint')}>
          {figure ?? '–'}
        </span>
        {known && unit !== null && <span className="shrink-0 text-xs text-faint">{unit}</span>}
      </span>
      <Details details={known ? details : [missing]} />
      <span className="mt-auto flex flex-wrap gap-x-3 pt-1 text-2xs">
        {event !== null && (
          <EventLink event={event}>
            <Time at={event.timestamp} />
          </EventLink>
        )}
        {href !== null && (
          <Link
            href={href.to}
            prefetch={false}
            className="underline decoration-line-strong underline-offset-2 hover:text-accent"
          >
            {href.text}
          </Link>
        )}
      </span>
    </li>
  );
}

function Details({ details }: { details: readonly ReactNode[] }) {
  return (
    <>
      {details.map((detail, index) => (
        <span key={index} className="min-w-0 text-2xs break-words text-dim">
          {detail}
        </span>
      ))}
    </>
  );
}
