import Link from 'next/link';
import { cn } from '../ui/cn';
import { formatHourly, NONE } from '../ui/format';
import type { Tone } from '../ui/signs/tone';
import { TONE_VAR } from '../ui/signs/tone';

export interface BarRow {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  /** Said after the value, e.g. its share. */
  readonly note?: string;
  readonly tone?: Tone;
  /** Where the events behind the figure are. */
  readonly href?: string;
}

/** A distribution as horizontal bars, longest = the largest value. Label and value are text: a list that also reads aloud. */
export function Bars({ label, unit, rows }: { label: string; unit?: string; rows: readonly BarRow[] }) {
  const most = Math.max(0, ...rows.map(({ value }) => (Number.isFinite(value) ? value : 0)));
  return (
    <ul
      aria-label={label}
      className="grid grid-cols-[minmax(5rem,max-content)_minmax(3rem,1fr)_max-content] items-center gap-x-3 text-xs"
    >
      {rows.map((row) => (
        <li key={row.key} className="col-span-3 grid min-h-6 grid-cols-subgrid items-center">
          <BarLabel label={row.label} href={row.href} />
          <span aria-hidden className="h-3">
            <span
              className="block h-full rounded-sm"
              style={{
                width: `${barWidth(row.value, most)}%`,
                background: `var(${TONE_VAR[row.tone ?? 'busy']})`,
              }}
            />
          </span>
          <span className="text-right whitespace-nowrap">
            {Number.isFinite(row.value) ? formatHourly(row.value) : NONE}
            {unit !== undefined && <span className="text-faint"> {unit}</span>}
            {row.note !== undefined && <span className="text-faint"> · {row.note}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function BarLabel({ label, href }: { label: string; href: string | undefined }) {
  const look = 'max-w-48 truncate text-dim';
  if (href === undefined)
    return (
      <span className={look} title={label}>
        {label}
      </span>
    );
  return (
    <Link
      href={href}
      prefetch={false}
      title={label}
      className={cn(look, 'underline decoration-line-strong underline-offset-2 hover:text-accent')}
    >
      {label}
    </Link>
  );
}

/** Percent of the longest bar; something that is not nothing stays visible. */
export function barWidth(value: number, most: number): number {
  if (!(value > 0) || !(most > 0)) return 0;
  return Math.max(0.75, Math.min(100, (value / most) * 100));
}
