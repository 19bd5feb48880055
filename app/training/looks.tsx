import Link from 'next/link';
import { modelHref } from '@/components/models/href';
import { runHref } from '@/components/training/href';
import { Badge } from '@/components/ui/signs/badge';
import { cn } from '@/components/ui/cn';
import { NONE } from '@/components/ui/format';
import type { Tone } from '@/components/ui/signs/tone';
import type { TrainingRunEntity, TrainingStatus } from '@/domain/projections/training/entities';

const TONES: Readonly<Record<TrainingStatus, Tone>> = {
  queued: 'info',
  running: 'busy',
  silent: 'off',
  completed: 'ok',
  failed: 'bad',
};

export const STATUS_WORDS: Readonly<Record<TrainingStatus, string>> = {
  queued: 'Queued',
  running: 'Running',
  silent: 'Silent',
  completed: 'Completed',
  failed: 'Failed',
};

const EXPLAINED: Readonly<Record<TrainingStatus, string>> = {
  queued: 'Decided on; no word yet that it started',
  running: 'Started; neither completed nor failed',
  silent: 'Not ended, and no event of it for six hours',
  completed: 'Ended with a model',
  failed: 'Ended without a model',
};

export function RunStatus({ status }: { status: TrainingStatus }) {
  return (
    <Badge tone={TONES[status]} shape title={EXPLAINED[status]}>
      {STATUS_WORDS[status].toLowerCase()}
    </Badge>
  );
}

const TREND_TONES: ReadonlyMap<string, Tone> = new Map([
  ['improving', 'ok'],
  ['stalled', 'warn'],
  ['degrading', 'bad'],
]);

/** What the newest TRAINING_LOSS_TREND said. */
export function TrendBadge({ trend }: { trend: string | null }) {
  if (trend === null) return <span className="text-faint">{NONE}</span>;
  return (
    <Badge tone={TREND_TONES.get(trend) ?? 'off'} shape title="What the newest TRAINING_LOSS_TREND said">
      loss {trend}
    </Badge>
  );
}

const LINK = 'font-mono underline decoration-line-strong underline-offset-2 hover:text-accent';

export function RunLink({ jobId, className }: { jobId: string; className?: string }) {
  return (
    <Link href={runHref(jobId)} prefetch={false} title={jobId} className={cn(LINK, className)}>
      {jobId}
    </Link>
  );
}

export function ModelLink({ modelId }: { modelId: string | null }) {
  if (modelId === null) return <span className="text-faint">{NONE}</span>;
  return (
    <Link href={modelHref(modelId)} prefetch={false} className={LINK}>
      {modelId}
    </Link>
  );
}

/** 13 of 21 */
export function epochText({
  epoch,
  total_epochs: total,
}: Pick<TrainingRunEntity, 'epoch' | 'total_epochs'>): string {
  if (epoch === null) return total === null ? NONE : `0 of ${total}`;
  return total === null ? `${epoch}` : `${epoch} of ${total}`;
}
