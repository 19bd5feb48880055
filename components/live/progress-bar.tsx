import { formatCount, formatPercent } from '../ui/format';

/** How far something long has come, in words and as a bar. */
export function ProgressBar({ what, done, total }: { what: string; done: number; total: number }) {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <div
      className="flex min-w-0 items-center gap-2 text-xs"
      title={`${formatCount(done)} of ${formatCount(total)}`}
    >
      <span className="min-w-0 truncate">{what}</span>
      <span
        role="progressbar"
        aria-label={what}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        className="h-1.5 w-24 shrink-0 overflow-hidden rounded-full bg-raised"
      >
        <span className="block h-full bg-accent" style={{ width: `${share * 100}%` }} />
      </span>
      <span className="shrink-0 text-dim">{formatPercent(share)}</span>
    </div>
  );
}
