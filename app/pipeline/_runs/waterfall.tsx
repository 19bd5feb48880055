import { axisLabels, LABEL_SHIFT, SEGMENT_LOOK } from '@/components/charts/waterfall';
import { cn } from '@/components/ui/cn';
import { formatDuration } from '@/components/ui/format';
import type { DurationRow } from '@/server/api/pages/pipeline/durations';
import type { RunRow } from '@/server/api/pages/pipeline/runs';
import { barOf, scaleOf } from './segments';
import { WATERFALL_GRID } from './waterfall-look';
import { WaterfallRow } from './waterfall-row';

/** Runs from the data that they trained on to their distribution, all from their own beginning on one scale. */
export function Waterfall({
  runs,
  now,
  durations,
  open,
  onOpen,
}: {
  runs: readonly RunRow[];
  /** The newest event's time: how far what is under way reaches. */
  now: number;
  durations: ReadonlyMap<string | null, DurationRow>;
  /** The run whose hops are listed. */
  open: string | null;
  onOpen: (run: string | null) => void;
}) {
  const bars = runs.map((run) => barOf(run, now));
  const length = scaleOf(bars);
  return (
    <div className="min-w-0">
      <Axis length={length} />
      <ol aria-label="Runs as a waterfall" className="divide-y">
        {runs.map((run, index) => {
          const bar = bars[index];
          return (
            bar && (
              <WaterfallRow
                key={run.run_id}
                run={run}
                bar={bar}
                scale={length}
                usual={durations.get(run.config)}
                open={open === run.run_id}
                onToggle={() => onOpen(open === run.run_id ? null : run.run_id)}
              />
            )
          );
        })}
      </ol>
    </div>
  );
}

function Axis({ length }: { length: number }) {
  return (
    <div className={cn(WATERFALL_GRID, 'border-b px-3 py-1 text-2xs text-faint')} aria-hidden>
      <span className="hidden sm:block">since the beginning of its data</span>
      <span className="relative col-span-2 h-4 sm:col-span-1">
        {axisLabels(length).map(({ at, place }, index) => (
          <span
            key={at}
            className={cn(
              'absolute whitespace-nowrap',
              LABEL_SHIFT[place],
              index % 2 === 1 && 'hidden md:inline',
            )}
            style={{ left: `${(at / length) * 100}%` }}
          >
            {formatDuration(at)}
          </span>
        ))}
      </span>
      <span className="hidden text-right sm:block">data to champion</span>
    </div>
  );
}

/** The key to the bars. */
export function WaterfallKey() {
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 border-t px-3 py-1.5 text-2xs text-faint">
      <Key look={SEGMENT_LOOK.data}>data of its config, attributed to the run</Key>
      <Key look={cn(SEGMENT_LOOK.data, 'border-dashed')}>attributed by time, or not over</Key>
      <Key look={SEGMENT_LOOK.own}>the run itself, by job and model</Key>
      <Key look={SEGMENT_LOOK.failed}>failed or turned down</Key>
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="h-px w-4 bg-line-strong" /> waiting
      </span>
      <span className="min-w-0 basis-full">
        No event says which games a run trained on. Shown is the freshest way its data may have taken: the
        export before its threshold, the sync that ended before that export and began after its node reported
        new games, and the selfplay batch before that report.
      </span>
    </p>
  );
}

function Key({ look, children }: { look: string; children: React.ReactNode }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={cn('h-2.5 w-4 rounded-sm', look)} />
      {children}
    </span>
  );
}
