import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { ToneShape } from '@/components/ui/signs/status-dot';
import type { Tone } from '@/components/ui/signs/tone';

/** What stands behind a figure, never cut, as no title could tell the rest; with a mark where it needs a look. */
export function FigureHint({ tone, children }: { tone: Tone | null; children: ReactNode }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-baseline gap-1">
      {tone !== null && <ToneShape tone={tone} className="size-2" />}
      <span className={cn('min-w-0', tone !== null && 'text-dim')}>{children}</span>
    </span>
  );
}
