'use client';

import { useEventTime } from '@/app/_client/live/live-provider';
import { EventLink } from '@/components/live/event-link';
import { formatCount, formatDuration, formatPlural } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { StatusDot } from '@/components/ui/signs/status-dot';
import { byStage, judgement, stallSentence, waitOf, worstFirst, type Finding } from './findings';
import { STAGE_LABEL } from '../labels';

/** What waits for longer than it usually does, the worst first. */
export function StallsPanel({
  stalls,
  seen,
}: {
  stalls: readonly Finding[];
  /** Has any stage been seen? */
  seen: boolean;
}) {
  return (
    <Panel
      title="Stalls"
      hint="a step that takes over three times what 95 of 100 took, two minutes at least"
      flush
    >
      {stalls.length > 0 ? (
        <Stalls stalls={stalls} />
      ) : (
        <p className="px-3 py-2 text-sm text-dim">
          {seen ? (
            <StatusDot tone="ok" label="Every awaited step is within its time." />
          ) : (
            'No step has been seen yet, so none is awaited.'
          )}
        </p>
      )}
    </Panel>
  );
}

/** Where a stage stalls in many configs, the worst tell what it is, and the rest how far it goes. */
const SHOWN_PER_STAGE = 5;

const ROW = 'grid min-w-0 items-baseline gap-x-3 px-3 py-1.5 text-xs md:grid-cols-[6rem_10rem_1fr]';

function Stalls({ stalls }: { stalls: readonly Finding[] }) {
  const now = useEventTime();
  return (
    <ul className="divide-y">
      {byStage(worstFirst(stalls, now)).flatMap((group) => [
        ...group.slice(0, SHOWN_PER_STAGE).map((stall) => <Stall key={stall.id} stall={stall} now={now} />),
        group.length > SHOWN_PER_STAGE && (
          <Rest key={`rest ${group[0]?.stage}`} stalls={group.slice(SHOWN_PER_STAGE)} now={now} />
        ),
      ])}
    </ul>
  );
}

function Stall({ stall, now }: { stall: Finding; now: number }) {
  return (
    <li className={ROW}>
      <StatusDot tone="warn" label={stageOf(stall)} className="font-medium" />
      <span className="min-w-0 font-mono break-all">{stall.subject}</span>
      <span className="min-w-0">
        <EventLink event={stall.event} className="mr-3 text-fg">
          {stallSentence(stall, now)}
        </EventLink>
        <span className="text-2xs text-faint">{judgement(stall)}</span>
      </span>
    </li>
  );
}

function Rest({ stalls, now }: { stalls: readonly Finding[]; now: number }) {
  const waits = stalls.map((stall) => waitOf(stall, now));
  const [least, most] = [Math.min(...waits), Math.max(...waits)].map(formatDuration);
  return (
    <li className={ROW}>
      <StatusDot
        tone="warn"
        label={stalls[0] === undefined ? 'Stalled' : stageOf(stalls[0])}
        className="font-medium"
      />
      <span>{formatCount(stalls.length)} more</span>
      <span className="min-w-0 text-dim">
        {least === most ? `for ${least}` : `for ${least} to ${most}`}: {named(stalls)}; each is in the
        findings below
      </span>
    </li>
  );
}

const NAMED = 4;

function named(stalls: readonly Finding[]): string {
  const names = stalls.slice(0, NAMED).map(({ subject }) => subject);
  const more = stalls.length - names.length;
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${formatPlural(more, 'other')}`;
}

function stageOf({ stage }: Finding): string {
  return stage === null ? 'Stalled' : STAGE_LABEL[stage];
}
