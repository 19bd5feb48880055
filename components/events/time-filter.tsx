'use client';

import { ChevronDown } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';
import { formatTime } from '@/components/ui/time-format';
import type { FilterPatch } from './filters';
import { fromLocalInput, toLocalInput } from './filters';

const PRESETS = [
  { label: '15 min', seconds: 900 },
  { label: '1 h', seconds: 3_600 },
  { label: '6 h', seconds: 21_600 },
  { label: '24 h', seconds: 86_400 },
] as const;

interface TimeFilterProps {
  since: number | undefined;
  until: number | undefined;
  clock: number;
  zone: string | undefined;
  onChange: (patch: FilterPatch) => void;
}

/** From and to, in event time. A preset counts back from the newest event, so that it also works on a recording. */
export function TimeFilter(props: TimeFilterProps) {
  const { since, until, zone } = props;
  const active = since !== undefined || until !== undefined;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant={active ? 'active' : 'default'}>
          <span>Time</span>
          {active && <span className="font-mono">{rangeText(since, until, zone)}</span>}
          <ChevronDown className={active ? 'size-3.5' : 'size-3.5 text-faint'} aria-hidden />
        </Button>
      </PopoverTrigger>
      <PopoverContent className="flex w-72 flex-col gap-3" aria-label="Filter by time">
        <TimeFields {...props} />
      </PopoverContent>
    </Popover>
  );
}

function TimeFields({ since, until, clock, onChange }: TimeFilterProps) {
  const backwards = since !== undefined && until !== undefined && since > until;
  return (
    <>
      <div role="group" aria-label="The last" className="flex items-center gap-1">
        <span className="mr-1 text-xs text-dim">The last</span>
        {PRESETS.map(({ label, seconds }) => (
          <Button key={label} onClick={() => onChange({ since: Math.floor(clock - seconds), until: null })}>
            {label}
          </Button>
        ))}
      </div>
      <Field label="From" at={since} onChange={(at) => onChange({ since: at })} />
      <Field label="To" at={until} onChange={(at) => onChange({ until: at })} />
      <p className="text-2xs text-faint">
        Times of this browser ({Intl.DateTimeFormat().resolvedOptions().timeZone}). The last … count back from
        the newest event.
      </p>
      {backwards && (
        <p role="alert" className="text-xs text-bad">
          From is later than to: nothing can match.
        </p>
      )}
      <Button variant="ghost" className="self-end" onClick={() => onChange({ since: null, until: null })}>
        Any time
      </Button>
    </>
  );
}

function Field({
  label,
  at,
  onChange,
}: {
  label: string;
  at: number | undefined;
  onChange: (at: number | null) => void;
}) {
  return (
    <label className="flex items-center gap-2 text-xs text-dim">
      <span className="w-10">{label}</span>
      <Input
        type="datetime-local"
        step={1}
        // Uncontrolled: a half-typed date must not be overwritten. A new value from elsewhere makes a new field.
        key={at ?? 'none'}
        defaultValue={toLocalInput(at)}
        className="flex-1"
        onBlur={(event) => {
          const next = event.target.value === '' ? null : fromLocalInput(event.target.value);
          if (next !== (at === undefined ? null : Math.floor(at))) onChange(next);
        }}
      />
    </label>
  );
}

function rangeText(since: number | undefined, until: number | undefined, zone: string | undefined): string {
  const short = (at: number): string => formatTime(at, 'datetime', zone, 0).slice(5, 16);
  if (since === undefined) return until === undefined ? '' : `to ${short(until)}`;
  return until === undefined ? `from ${short(since)}` : `${short(since)} – ${short(until)}`;
}
