import { ChevronRight } from 'lucide-react';
import { SEGMENT_LOOK } from '@/components/charts/waterfall';
import { Badge } from '@/components/ui/signs/badge';
import { cn } from '@/components/ui/cn';
import { formatDuration, NONE } from '@/components/ui/format';
import type { DurationRow } from '@/server/api/pages/pipeline/durations';
import type { RunRow } from '@/server/api/pages/pipeline/runs';
import { STAGE_LABEL, STATUS_TONE } from '../labels';
import { RunDetail } from './run-detail';
import type { Bar, Segment } from './segments';
import { WATERFALL_GRID } from './waterfall-look';

/** One run: its name and state, its hops as a bar, its lead time; opened, its hops one by one. */
export function WaterfallRow({
  run,
  bar,
  scale,
  usual,
  open,
  onToggle,
}: {
  run: RunRow;
  bar: Bar;
  /** Seconds that the whole width stands for. */
  scale: number;
  usual: DurationRow | undefined;
  open: boolean;
  onToggle: () => void;
}) {
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className={cn(
          WATERFALL_GRID,
          'w-full items-center gap-y-1 px-3 py-1.5 text-left text-xs hover:bg-raised/50 focus-visible:-outline-offset-2',
        )}
      >
        <span className="col-start-1 row-start-1 flex min-w-0 items-center gap-1.5">
          <ChevronRight aria-hidden className={cn('size-3.5 shrink-0 text-faint', open && 'rotate-90')} />
          <span className="min-w-0 truncate font-mono" title={run.run_id}>
            {run.model_id ?? run.run_id}
          </span>
          <Badge tone={STATUS_TONE[run.status]} shape dense className="ml-auto shrink-0">
            {run.status.replaceAll('_', ' ')}
          </Badge>
        </span>
        <BarView bar={bar} scale={scale} />
        <span
          className="col-start-2 row-start-1 text-right whitespace-nowrap sm:col-start-3"
          title="data to champion"
        >
          {run.lead_seconds === null ? (
            <span className="text-faint">{NONE}</span>
          ) : (
            formatDuration(run.lead_seconds)
          )}
        </span>
      </button>
      {open && <RunDetail run={run} usual={usual} />}
    </li>
  );
}

function BarView({ bar, scale }: { bar: Bar; scale: number }) {
  return (
    <span
      aria-hidden
      className="relative col-span-2 col-start-1 row-start-2 block h-5 overflow-hidden sm:col-span-1 sm:col-start-2 sm:row-start-1"
    >
      {bar.segments.map((segment) => (
        <SegmentView key={segment.stage} segment={segment} scale={scale} />
      ))}
      {bar.length > scale * 1.001 && (
        <span
          title={`goes on to ${formatDuration(bar.length)}`}
          className="absolute inset-y-0 right-0 flex items-center bg-linear-to-r from-transparent to-surface pl-6 text-2xs text-dim"
        >
          <span className="bg-surface pl-1">… {formatDuration(bar.length)}</span>
        </span>
      )}
    </span>
  );
}

/** Below this share of the width a word would only be cut off. */
const ROOM_FOR_A_WORD = 0.09;

function SegmentView({ segment, scale }: { segment: Segment; scale: number }) {
  const { from, to, start, stage, status } = segment;
  const begun = start ?? to;
  const at = (seconds: number): string => `${(seconds / scale) * 100}%`;
  const look =
    status === 'failed' ? SEGMENT_LOOK.failed : segment.data ? SEGMENT_LOOK.data : SEGMENT_LOOK.own;
  return (
    <span title={titleOf(segment)}>
      {begun > from && (
        <span
          className="absolute top-1/2 h-px bg-line-strong"
          style={{ left: at(from), width: at(begun - from) }}
        />
      )}
      <span
        className={cn(
          'absolute inset-y-0.5 flex min-w-0.75 items-center justify-center overflow-hidden rounded-sm text-2xs leading-none',
          look,
          (segment.guessed || status === 'active') && 'border-dashed',
        )}
        style={{ left: at(begun), width: at(to - begun) }}
      >
        {(to - begun) / scale > ROOM_FOR_A_WORD && (
          <span className="hidden truncate px-1 md:inline">{STAGE_LABEL[stage]}</span>
        )}
      </span>
    </span>
  );
}

function titleOf({ stage, from, to, start, status }: Segment): string {
  const waited = start === null || start <= from ? '' : `, of it ${formatDuration(start - from)} waiting`;
  const open = status === 'active' ? ', under way' : status === 'failed' ? ', failed or turned down' : '';
  return `${STAGE_LABEL[stage]}: ${formatDuration(to - from)}${waited}${open}`;
}
