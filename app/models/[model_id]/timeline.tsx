import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import { Empty } from '@/components/ui/panel/empty';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { formatDuration } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { ToneShape } from '@/components/ui/signs/status-dot';
import { Time } from '@/components/ui/time/time';
import { SEVERITY_TONE, type Tone } from '@/components/ui/signs/tone';
import type { LifeStep, ModelLife } from '@/server/api/pages/models/life';

/** Events that end a step well, and those that begin one; the rest is told by its severity. */
const DONE: ReadonlySet<string> = new Set([
  'NPZ_EXPORT_COMPLETE',
  'TRAINING_COMPLETED',
  'EVALUATION_COMPLETED',
  'MODEL_PROMOTED',
  'MODEL_DISTRIBUTION_COMPLETE',
  'P2P_MODEL_SYNCED',
  'RECOVERY_COMPLETED',
  'REGRESSION_CLEARED',
]);
const BEGUN: ReadonlySet<string> = new Set([
  'TRAINING_STARTED',
  'EVALUATION_STARTED',
  'PROMOTION_CANDIDATE',
  'PROMOTION_STARTED',
  'RECOVERY_INITIATED',
]);

function toneOf({ event_type: type, severity }: LifeStep): Tone {
  if (DONE.has(type)) return 'ok';
  return BEGUN.has(type) ? 'busy' : SEVERITY_TONE[severity];
}

/** Everything that happened to the model, oldest first, with the time that lies between. */
export function LifeTimeline({ life }: { life: ModelLife }) {
  const { steps } = life;
  return (
    <Panel title="Life" hint="oldest first; progress reports of evaluations are left out" flush>
      {steps.length === 0 ? (
        <Empty title="No event of it in history">Its standing is known from events about other models.</Empty>
      ) : (
        <ol className="px-3 py-2">
          {steps.map((step, index) => (
            <Step
              key={`${step.role} ${step.seq}`}
              step={step}
              gap={index === 0 ? null : step.timestamp - (steps[index - 1]?.timestamp ?? step.timestamp)}
              last={index === steps.length - 1}
            />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Step({ step, gap, last }: { step: LifeStep; gap: number | null; last: boolean }) {
  return (
    <li className="grid min-w-0 grid-cols-[4.5rem_0.75rem_minmax(0,1fr)] gap-x-2 sm:grid-cols-[6.5rem_0.75rem_minmax(0,1fr)]">
      <span className="pt-0.5 text-right text-2xs text-dim tabular-nums">
        <Time at={step.timestamp} />
        {gap !== null && gap >= 1 && (
          <span className="block whitespace-nowrap text-faint">+{formatDuration(gap)}</span>
        )}
      </span>
      <span aria-hidden className="flex flex-col items-center">
        <ToneShape tone={toneOf(step)} className="mt-1 size-2.5" />
        {!last && <span className="w-px flex-1 bg-line" />}
      </span>
      <Link
        href={`/events/${encodeURIComponent(step.event_id)}`}
        prefetch={false}
        className={cn(
          'mb-1 block min-w-0 rounded-sm px-1 pb-1 hover:bg-raised/60',
          step.role !== 'own' && 'opacity-90',
        )}
      >
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <EventTypeName type={step.event_type} className="font-medium" />
          {step.role !== 'own' && <RoleNote role={step.role} />}
        </span>
        <span className="block min-w-0 text-2xs break-words text-dim">{step.summary}</span>
      </Link>
    </li>
  );
}

function RoleNote({ role }: { role: 'before' | 'naming' }) {
  return (
    <span className="shrink-0 text-2xs text-faint">
      {role === 'before' ? 'before it existed' : 'names it'}
    </span>
  );
}
