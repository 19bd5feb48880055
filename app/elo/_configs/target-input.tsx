'use client';

import { useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/controls/input';

/** A target to type; empty returns to the default. Taken over with Enter or on leaving the field. */
export function TargetInput({
  config,
  target,
  set,
  onChange,
}: {
  config: string;
  target: number | null;
  /** Somebody set it, rather than the default. */
  set: boolean;
  onChange: (elo: number | null) => void;
}) {
  const [text, setText] = useState(target === null ? '' : `${target}`);
  const commit = (): void => {
    const elo = Number(text);
    if (text.trim() === '') onChange(null);
    else if (Number.isFinite(elo) && Math.abs(elo) <= 1e5 && elo !== target) onChange(elo);
    else setText(target === null ? '' : `${target}`);
  };
  return (
    <Input
      type="text"
      inputMode="decimal"
      aria-label={`Target Elo of ${config}`}
      title={set ? 'Set by you; empty it for the default' : 'The next hundred above the best; type another'}
      className={cn('h-6 w-16 text-right text-xs', set ? 'border-accent' : 'text-dim')}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
