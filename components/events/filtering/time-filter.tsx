'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import { useDay } from '@/components/ui/time/clock';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/over/popover';
import { formatTime, isFar } from '@/components/ui/time/time-format';
import type { FilterPatch } from '../filters';
import { MomentField } from './moment-field';

const PRESETS = [
  { label: '15 min', seconds: 900 },
  { label: '1 h', seconds: 3_600 },
  { label: '6 h', seconds: 21_600 },
  { label: '24 h', seconds: 86_400 },
] as const;

interface TimeFilterProps {
  since: number | undefined;
  until: number | undefined;
  clock: () => number;
  zone: string | undefined;
  onChange: (patch: FilterPatch) => void;
}

/** From and to, in event time. A preset counts back from the newest event, so that it also works on a recording. */
export function TimeFilter(props: TimeFilterProps) {
  const { since, until, zone } = props;
  const from = useDay();
  const active = since !== undefined || until !== undefined;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant={active ? 'active' : 'default'}>
          <span>Time</span>
          {active && <span className="font-mono">{rangeText(since, until, zone, from)}</span>}
          <ChevronDown className={active ? 'size-3.5' : 'size-3.5 text-faint'} aria-hidden />
        </Button>
      </PopoverTrigger>
      <PopoverContent className="flex w-72 flex-col gap-3 pointer-coarse:w-80" aria-label="Filter by time">
        <TimeFields {...props} />
      </PopoverContent>
    </Popover>
  );
}

function TimeFields({ since, until, clock, onChange }: TimeFilterProps) {
  // What is typed and no time goes, too, where another stretch is chosen.
  const [choice, setChoice] = useState(0);
  const choose = (patch: FilterPatch): void => {
    setChoice(choice + 1);
    onChange(patch);
  };
  const backwards = since !== undefined && until !== undefined && since > until;
  return (
    <>
      <div role="group" aria-label="The last" className="flex items-center gap-1">
        <span className="mr-1 text-xs text-dim">The last</span>
        {PRESETS.map(({ label, seconds }) => (
          <Button key={label} onClick={() => choose({ since: Math.floor(clock() - seconds), until: null })}>
            {label}
          </Button>
        ))}
      </div>
      <MomentField
        key={`from ${choice}`}
        label="From"
        at={since}
        clock={clock}
        onChange={(at) => onChange({ since: at })}
      />
      <MomentField
        key={`to ${choice}`}
        label="To"
        at={until}
        clock={clock}
        onChange={(at) => onChange({ until: at })}
      />
      <p className="text-2xs text-faint">
        Times of this browser ({Intl.DateTimeFormat().resolvedOptions().timeZone}). The last … count back from
        the newest event.
      </p>
      {backwards && (
        <p role="alert" className="text-xs text-bad">
          From is later than to: nothing can match.
        </p>
      )}
      <Button variant="ghost" className="self-end" onClick={() => choose({ since: null, until: null })}>
        Any time
      </Button>
    </>
  );
}

/** The year is told once, where it is not clear. */
function rangeText(
  since: number | undefined,
  until: number | undefined,
  zone: string | undefined,
  from: number,
): string {
  const told = (at: number): string => formatTime(at, 'datetime', zone, 0).slice(0, 16);
  const short = (at: number): string => (isFar(at, from) ? told(at) : told(at).slice(5));
  if (since === undefined) return until === undefined ? '' : `to ${short(until)}`;
  if (until === undefined) return `from ${short(since)}`;
  if (told(since).slice(0, 5) !== told(until).slice(0, 5)) return `${short(since)} – ${short(until)}`;
  return `${isFar(until, from) ? told(since) : short(since)} – ${told(until).slice(5)}`;
}
