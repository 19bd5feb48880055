'use client';

import { CalendarDays } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { IconButton } from '@/components/ui/controls/button';
import { Input } from '@/components/ui/controls/input';
import { readTypedTime, showTypedTime } from './typed-time';

interface MomentFieldProps {
  label: string;
  /** Epoch seconds. */
  at: number | undefined;
  /** Time of the newest event, epoch seconds: what is left out of a time is taken from it. */
  clock: () => number;
  onChange: (at: number | null) => void;
}

/** A moment, typed as the pages show it, or picked from the browser's calendar. Taken when it is left, or by enter. */
export function MomentField({ label, at, clock, onChange }: MomentFieldProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [mistake, setMistake] = useState<string | null>(null);
  const take = (text: string): void => {
    const read = readTypedTime(text, clock());
    setMistake('mistake' in read ? read.mistake : null);
    if ('at' in read && text !== showTypedTime(at)) onChange(read.at);
  };
  // Uncontrolled, for a half-typed time must not be overwritten; the same field, for it may have the focus.
  useEffect(() => {
    if (field.current) field.current.value = showTypedTime(at);
  }, [at]);
  return (
    <div className="relative flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-dim">
      <label htmlFor={id} className="w-10">
        {label}
      </label>
      <Input
        id={id}
        ref={field}
        defaultValue={showTypedTime(at)}
        placeholder="2025-12-27 09:00 or 2h"
        className="flex-1 font-mono text-xs"
        aria-invalid={mistake !== null || undefined}
        aria-describedby={mistake === null ? undefined : `${id}-mistake`}
        onBlur={(event) => take(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take(event.currentTarget.value);
        }}
      />
      <IconButton label={`${label}: pick it from a calendar`} onClick={() => picker.current?.showPicker()}>
        <CalendarDays className="size-3.5" aria-hidden />
      </IconButton>
      <input
        ref={picker}
        type="datetime-local"
        step={1}
        tabIndex={-1}
        aria-hidden
        className="pointer-events-none absolute right-0 bottom-0 size-0 opacity-0"
        onChange={(event) => take(event.target.value)}
      />
      {mistake !== null && (
        <p id={`${id}-mistake`} role="alert" className="basis-full text-bad">
          {mistake}
        </p>
      )}
    </div>
  );
}
