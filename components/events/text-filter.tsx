'use client';

import { Search } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { parseQuery } from '@/domain/query';
import { QueryMistake } from './query-mistake';
import { Input } from '@/components/ui/input';

const SETTLE_MS = 250;

/** The query. The filter follows when typing pauses, at once on Enter; a mistake is shown at its place and filters nothing. */
export function TextFilter({
  value,
  inputRef,
  onChange,
}: {
  value: string;
  inputRef: Ref<HTMLInputElement>;
  onChange: (text: string | null) => void;
}) {
  // What is being typed and not filtered by yet; null when the field shows the filter.
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const messageId = useId();
  const shown = typed ?? value;
  const parsed = parseQuery(shown.trim());
  const mistake = parsed.ok ? null : parsed.mistakes[0];

  const apply = (text: string): void => {
    clearTimeout(timer.current);
    if (!parseQuery(text.trim()).ok) return;
    if (text.trim() !== value) onChange(text.trim() === '' ? null : text.trim());
  };
  const type = (text: string): void => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => apply(text), SETTLE_MS);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') apply(event.currentTarget.value);
    if (event.key === 'Escape') event.currentTarget.blur();
  };
  return (
    <div className="relative min-w-40 flex-1 md:max-w-120">
      <Search className="pointer-events-none absolute top-1.5 left-2 size-4 text-faint" aria-hidden />
      <Input
        ref={inputRef}
        type="search"
        aria-label="Search events"
        data-testid="text-filter"
        placeholder="Words, type:ELO_UPDATED, payload.new_elo>1700  ( / )"
        aria-invalid={mistake !== null}
        aria-describedby={mistake === null ? undefined : messageId}
        className="w-full pl-7.5"
        value={shown}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          apply(event.target.value);
          if (parseQuery(event.target.value.trim()).ok) setTyped(null);
        }}
      />
      {mistake && <QueryMistake id={messageId} text={shown.trim()} mistake={mistake} />}
    </div>
  );
}
