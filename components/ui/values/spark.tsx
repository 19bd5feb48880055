import { cn } from '../cn';
import { sparkPath } from './spark-path';

/** A tiny line of values, oldest first, with a dot on the newest. `label` says in words what it shows. */
export function Spark({
  values,
  label,
  width = 72,
  height = 20,
  zeroBased = true,
  className,
}: {
  values: readonly number[];
  label: string;
  width?: number;
  height?: number;
  /** True: the axis starts at 0 (counts). False: it spans the values (Elo). */
  zeroBased?: boolean;
  className?: string;
}) {
  const { line, area, end } = sparkPath(values, { width, height, zeroBased });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className={cn('shrink-0 text-accent', className)}
    >
      <path d={area} fill="currentColor" opacity="0.14" />
      <path d={line} fill="none" stroke="currentColor" strokeWidth="1.25" strokeLinejoin="round" />
      {end !== null && <circle cx={end[0]} cy={end[1]} r="1.75" fill="currentColor" />}
    </svg>
  );
}
