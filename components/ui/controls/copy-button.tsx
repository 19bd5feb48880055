'use client';

import { Check, Copy, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from './button';

type Outcome = 'idle' | 'copied' | 'failed';

const ICONS = { idle: Copy, copied: Check, failed: X } as const;
const SAYS = { idle: '', copied: 'Copied', failed: 'Could not copy: the browser refused' } as const;

/** Copies `text` (or what the function makes, at the press) and says whether that worked. */
export function CopyButton({
  text,
  label = 'Copy',
  words,
  className,
}: {
  text: string | (() => string);
  label?: string;
  /** Stands beside the icon; without it there is the icon alone. */
  words?: string;
  className?: string;
}) {
  const [outcome, setOutcome] = useState<Outcome>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), 1500);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  const Icon = ICONS[outcome];
  return (
    <>
      {words === undefined ? (
        <IconButton label={label} className={className} onClick={() => void copy()}>
          <Icon className="size-3.5" aria-hidden />
        </IconButton>
      ) : (
        <Button aria-label={label} className={className} onClick={() => void copy()}>
          <Icon className="size-3.5" aria-hidden />
          {words}
        </Button>
      )}
      <span role="status" className="sr-only">
        {SAYS[outcome]}
      </span>
    </>
  );
}
