import { STATUS_MEANS, statusLabel } from '@/components/models/status-badge';
import { cn } from '@/components/ui/cn';
import { formatCount } from '@/components/ui/format';
import { ToneShape } from '@/components/ui/signs/status-dot';
import { MODEL_TONE } from '@/components/ui/signs/tone';
import { STATUS_ORDER, type ModelStatus } from './registry';

/** How many models there are of each status; pressed ones are listed, none pressed lists all. */
export function StatusFilter({
  counts,
  value,
  onChange,
}: {
  counts: ReadonlyMap<ModelStatus, number>;
  value: readonly ModelStatus[];
  onChange: (value: ModelStatus[]) => void;
}) {
  const toggle = (status: ModelStatus): void =>
    onChange(value.includes(status) ? value.filter((each) => each !== status) : [...value, status]);
  return (
    <div role="group" aria-label="Status" className="flex min-w-0 flex-wrap gap-1">
      {STATUS_ORDER.map((status) => {
        const pressed = value.includes(status);
        const count = counts.get(status) ?? 0;
        return (
          <button
            key={status}
            type="button"
            aria-pressed={pressed}
            title={STATUS_MEANS[status]}
            onClick={() => toggle(status)}
            className={cn(
              'inline-flex h-7 items-center gap-1.5 rounded border px-2 text-xs whitespace-nowrap',
              pressed
                ? 'border-accent bg-accent-soft text-accent'
                : 'border-line-strong/60 bg-surface hover:bg-raised',
              count === 0 && !pressed && 'text-faint',
            )}
          >
            <ToneShape tone={MODEL_TONE[status]} className="size-2" />
            {statusLabel(status)}
            <span className="font-semibold tabular-nums">{formatCount(count)}</span>
          </button>
        );
      })}
    </div>
  );
}
