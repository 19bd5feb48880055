import Link from 'next/link';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { cn } from '@/components/ui/cn';
import { formatCompact, formatCount, formatHourly, formatPlural, humanise } from '@/components/ui/format';
import { Spark } from '@/components/ui/values/spark';
import { ToneShape } from '@/components/ui/signs/status-dot';
import { Age } from '@/components/ui/time/time';
import type { Tone } from '@/components/ui/signs/tone';
import type { StepFigures } from './model';

const BOX =
  'pointer-events-auto contain-content flex h-full w-full min-w-0 flex-col overflow-hidden rounded-md border border-line-strong/50 bg-surface text-left';

/** Wraps a card into a link to its events, where there are any. */
function CardFrame({
  step,
  className,
  children,
}: {
  step: StepFigures;
  className: string;
  children: ReactNode;
}) {
  const named = `${step.label}: ${formatPlural(step.count, 'event')}`;
  if (step.href === null) return <div className={cn(BOX, className, 'border-dashed')}>{children}</div>;
  return (
    <Link
      href={step.href}
      prefetch={false}
      aria-label={named}
      className={cn(BOX, className, 'hover:border-accent')}
    >
      {children}
    </Link>
  );
}

/** A stage of the pipeline: count, rate, last event, what is under way, what failed. */
export const StageCard = memo(function StageCard({ step }: { step: StepFigures }) {
  const { inProgress, failed } = step;
  return (
    <CardFrame step={step} className="justify-between gap-0.5 px-2.5 py-1.5">
      <span className="flex items-center gap-2">
        <span className="truncate text-sm font-semibold">{step.label}</span>
        <span className="ml-auto flex shrink-0 items-center gap-2">
          {inProgress > 0 && <Mark tone="busy" count={inProgress} word="running" />}
          {failed > 0 && <Mark tone="bad" count={failed} word="failed" />}
        </span>
      </span>
      <span className="flex items-end gap-2">
        <span className="text-xl leading-6 font-semibold tracking-tight">{formatCount(step.count)}</span>
        <span className="text-xs whitespace-nowrap text-dim">{formatHourly(step.ratePerHour)}/h</span>
        <Spark
          values={step.spark}
          width={64}
          height={22}
          className="ml-auto min-w-0 shrink!"
          label={`${step.label} per minute, last 30 minutes`}
        />
      </span>
      <LastEvent step={step} />
    </CardFrame>
  );
});

/** A box of the smaller flows: name, count, rate, age. */
export const StepCard = memo(function StepCard({ step }: { step: StepFigures }) {
  const idle = step.count === 0;
  return (
    <CardFrame step={step} className={cn('justify-between px-2 py-1', idle && 'opacity-80')}>
      <span className="line-clamp-2 text-xs leading-4 font-medium">{step.label}</span>
      <span className="flex items-baseline gap-1.5">
        <span className={cn('text-base leading-5 font-semibold', idle && 'text-faint')}>
          {step.count < 100_000 ? formatCount(step.count) : formatCompact(step.count)}
        </span>
        <span className="truncate text-2xs text-dim">{formatHourly(step.ratePerHour)}/h</span>
      </span>
      <span className="truncate text-2xs text-faint">
        {step.last === null ? 'not seen yet' : <Age at={step.last.timestamp} />}
      </span>
    </CardFrame>
  );
});

function LastEvent({ step }: { step: StepFigures }) {
  if (step.last === null) return <span className="truncate text-2xs text-faint">not seen yet</span>;
  return (
    <span className="flex min-w-0 gap-1 text-2xs text-faint" title={step.last.event_type}>
      <span className="truncate">{humanise(step.last.event_type)}</span>
      <span className="shrink-0 text-dim">
        <Age at={step.last.timestamp} />
      </span>
    </span>
  );
}

function Mark({ tone, count, word }: { tone: Tone; count: number; word: string }) {
  return (
    <span
      className="inline-flex items-center gap-1 text-2xs whitespace-nowrap text-dim"
      title={`${formatCount(count)} ${word}`}
    >
      <ToneShape tone={tone} className="size-2.5" />
      {formatCompact(count)}
      <span className="sr-only">{word}</span>
    </span>
  );
}
