import { cn } from '../ui/cn';
import { lookOf } from './look/look';
import { Swatch } from './look/swatch';
import type { ChartSeries } from './types';

/** What each line means; a press hides or shows it. */
export function Legend({
  series,
  hidden,
  onToggle,
}: {
  series: readonly ChartSeries[];
  hidden: ReadonlySet<string>;
  onToggle: (id: string) => void;
}) {
  return (
    <ul aria-label="Series" className="flex min-w-40 flex-1 flex-wrap gap-x-1">
      {series.map((one, place) => {
        const off = hidden.has(one.id);
        return (
          <li key={one.id} className="max-w-full min-w-0">
            <button
              type="button"
              aria-pressed={!off}
              onClick={() => onToggle(one.id)}
              title={off ? `Show ${one.name}` : `Hide ${one.name}`}
              className={cn(
                'flex h-6 max-w-full items-center gap-1.5 rounded px-1.5 text-xs hover:bg-raised focus-visible:-outline-offset-2',
                off ? 'text-faint line-through' : 'text-dim',
              )}
            >
              <span className={off ? 'opacity-30' : undefined}>
                <Swatch look={lookOf(one, place)} kind={one.kind} />
              </span>
              <span className="max-w-56 min-w-0 truncate">{one.name}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
