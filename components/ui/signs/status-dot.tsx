import { cn } from '../cn';
import type { Tone } from './tone';
import { TONE_TEXT } from './tone';

/** One outline per tone, so that the state is readable without colour. */
const SHAPES: Readonly<Record<Tone, React.ReactNode>> = {
  ok: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  busy: (
    <>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" />
    </>
  ),
  info: <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.75" />,
  warn: <path d="M6 1.5 11 10.5H1z" fill="currentColor" />,
  bad: <path d="M6 .75 11.25 6 6 11.25.75 6z" fill="currentColor" />,
  crit: <path d="M3.8 1h4.4L11 3.8v4.4L8.2 11H3.8L1 8.2V3.8z" fill="currentColor" />,
  off: <path d="M2.5 6h7" stroke="currentColor" strokeWidth="2" />,
};

export function ToneShape({ tone, className }: { tone: Tone; className?: string }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden className={cn('size-2.5 shrink-0', TONE_TEXT[tone], className)}>
      {SHAPES[tone]}
    </svg>
  );
}

/** A state as shape, colour and words; `hideLabel` keeps the words for screen readers only. */
export function StatusDot({
  tone,
  label,
  hideLabel = false,
  className,
}: {
  tone: Tone;
  label: string;
  hideLabel?: boolean;
  className?: string;
}) {
  return (
    <span
      className={cn('inline-flex min-w-0 items-baseline gap-1.5', className)}
      title={hideLabel ? label : undefined}
    >
      <ToneShape tone={tone} className="self-center" />
      <span className={hideLabel ? 'sr-only' : 'min-w-0 overflow-clip text-ellipsis whitespace-nowrap'}>
        {label}
      </span>
    </span>
  );
}
