import type { ReactNode } from 'react';
import { cn } from '../cn';

/** One figure: what it is, how much, of what, and what stands behind it. */
export function Stat({
  label,
  value,
  unit,
  hint,
  className,
}: {
  label: ReactNode;
  value: ReactNode;
  unit?: ReactNode;
  hint?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn('min-w-0', className)}>
      <div className="text-xs text-dim sm:truncate">{label}</div>
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-1">
        <span className="truncate text-xl font-semibold tracking-tight">{value}</span>
        {unit !== undefined && <span className="shrink-0 text-xs text-faint">{unit}</span>}
      </div>
      {hint !== undefined && (
        <div
          className={cn('text-2xs text-faint', typeof hint === 'string' && 'sm:truncate')}
          title={typeof hint === 'string' ? hint : undefined}
        >
          {hint}
        </div>
      )}
    </div>
  );
}
