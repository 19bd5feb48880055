import type { ReactNode } from 'react';
import { cn } from '../cn';
import { ToneShape } from './status-dot';
import type { Tone } from './tone';
import { TONE_SOFT } from './tone';

/** A short word on a soft background. With `shape` the tone is also visible without colour. */
export function Badge({
  tone = 'off',
  shape = false,
  dense = false,
  title,
  className,
  children,
}: {
  tone?: Tone;
  shape?: boolean;
  /** As high as a line of small text, for rows of fixed height. */
  dense?: boolean;
  title?: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      title={title}
      className={cn(
        'inline-flex max-w-full items-center gap-1 rounded-sm px-1.5 text-2xs font-medium whitespace-nowrap',
        dense ? 'h-4' : 'h-5',
        TONE_SOFT[tone],
        className,
      )}
    >
      {shape && <ToneShape tone={tone} className="size-2" />}
      {children}
    </span>
  );
}
