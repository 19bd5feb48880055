import Link from 'next/link';
import { Elapsed } from '@/components/ui/time/elapsed';
import { formatDuration, formatPercent, humanise } from '@/components/ui/format';
import { StatusDot } from '@/components/ui/signs/status-dot';
import { Time } from '@/components/ui/time/time';
import type { StepRow, TaskStep, WorkStep } from '@/domain/projections/work/entities';
import { STEP_TONE } from '../tones';

type Row = StepRow<WorkStep | TaskStep>;

/** What happened to a piece of work or a task, oldest first, with the time each step took. */
export function Life({ steps, lost }: { steps: readonly Row[]; lost: boolean }) {
  const last = steps.at(-1);
  return (
    <section aria-label="Life">
      <h3 className="pb-2 text-sm font-semibold">Life</h3>
      <ol className="flex flex-col border-l border-line-strong">
        {steps.map((step, index) => (
          <StepLine key={step.event_id} step={step} before={steps[index - 1]} />
        ))}
      </ol>
      {last !== undefined && (
        <p className="pt-2 text-xs text-faint">
          {lost ? 'Nothing was heard of it for 24 h, so it counts as lost. ' : ''}
          Last event <Elapsed at={last.at} /> ago.
        </p>
      )}
    </section>
  );
}

function StepLine({ step, before }: { step: Row; before: Row | undefined }) {
  return (
    <li className="flex flex-col gap-0.5 pb-3 pl-4 text-xs">
      <div className="-ml-[1.35rem] flex flex-wrap items-baseline gap-x-2">
        <span className="rounded-full bg-surface">
          <StatusDot tone={STEP_TONE[step.step]} label={humanise(step.step)} />
        </span>
        <Link
          href={`/events/${encodeURIComponent(step.event_id)}`}
          prefetch={false}
          className="text-dim underline decoration-line-strong underline-offset-2 hover:text-accent"
        >
          <Time at={step.at} format="datetime" />
        </Link>
        {before !== undefined && (
          <span className="text-faint">after {formatDuration(Math.max(0, step.at - before.at))}</span>
        )}
      </div>
      {step.node !== null && <div className="font-mono break-words text-dim">{step.node}</div>}
      {said(step) !== null && <div className="text-dim">{said(step)}</div>}
      {step.note !== null && <div className="break-words">{step.note}</div>}
    </li>
  );
}

/** The step's own number in words. */
function said({ step, value }: Row): string | null {
  if (value === null) return null;
  if (step === 'completed') return `Reports a duration of ${formatDuration(value)}`;
  if (step === 'retried') return `Attempt ${value} did not succeed`;
  if (step === 'timed_out') return `Allowed were ${formatDuration(value)}`;
  if (step === 'heartbeat') return `Progress ${formatPercent(value)}`;
  return null;
}
