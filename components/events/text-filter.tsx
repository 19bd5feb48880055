'use client';

import { Search } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';
import { useEffect, useRef, useState } from 'react';
import { Input } from '@/components/ui/input';

const SETTLE_MS = 250;

/** Free text over type, source, node and payload. The filter follows when typing pauses, at once on Enter. */
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

  const apply = (text: string): void => {
    clearTimeout(timer.current);
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
    <label className="relative min-w-40 flex-1 md:max-w-80">
      <span className="sr-only">Search events</span>
      <Search className="pointer-events-none absolute top-1.5 left-2 size-4 text-faint" aria-hidden />
      <Input
        ref={inputRef}
        type="search"
        data-testid="text-filter"
        placeholder="Search text  ( / )"
        maxLength={400}
        className="w-full pl-7.5"
        value={typed ?? value}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          apply(event.target.value);
          setTyped(null);
        }}
      />
    </label>
  );
}
