'use client';

import { useServerStatus } from '@/app/_client/live-provider';
import { EventLink } from '@/components/live/event-link';
import { formatPlural } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import { StatusDot } from '@/components/ui/status-dot';
import { judgement, stallSentence, worstFirst, type Finding } from './findings';
import { STAGE_LABEL } from './labels';

/** What waits for longer than it usually does, the worst first. */
export function StallsPanel({ stalls }: { stalls: readonly Finding[] }) {
  return (
    <Panel
      title="Stalls"
      hint="a step that takes over three times what 95 of 100 took, two minutes at least"
      flush
    >
      {stalls.length === 0 ? (
        <p className="px-3 py-2 text-sm text-dim">
          <StatusDot tone="ok" label="Every awaited step is within its time." />
        </p>
      ) : (
        <Stalls stalls={stalls} />
      )}
    </Panel>
  );
}

const SHOWN = 20;

function Stalls({ stalls }: { stalls: readonly Finding[] }) {
  const status = useServerStatus();
  const now = status.clock ?? status.now;
  return (
    <ul className="divide-y">
      {worstFirst(stalls, now)
        .slice(0, SHOWN)
        .map((stall) => (
          <li
            key={stall.id}
            className="grid min-w-0 items-baseline gap-x-3 px-3 py-1.5 text-xs md:grid-cols-[6rem_10rem_1fr]"
          >
            <StatusDot
              tone="warn"
              label={stall.stage === null ? 'Stalled' : STAGE_LABEL[stall.stage]}
              className="font-medium"
            />
            <span className="min-w-0 font-mono break-all">{stall.subject}</span>
            <span className="min-w-0">
              <EventLink event={stall.event} className="mr-3 text-fg">
                {stallSentence(stall, now)}
              </EventLink>
              <span className="text-2xs text-faint">{judgement(stall)}</span>
            </span>
          </li>
        ))}
      {stalls.length > SHOWN && (
        <li className="px-3 py-1.5 text-xs text-faint">
          and {formatPlural(stalls.length - SHOWN, 'more stall')}, in the findings below
        </li>
      )}
    </ul>
  );
}
