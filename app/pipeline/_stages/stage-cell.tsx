import { memo } from 'react';
import { EventLink } from '@/components/live/event-link';
import { cn } from '@/components/ui/cn';
import { Elapsed } from '@/components/ui/time/elapsed';
import { formatCount, formatHourly, NONE } from '@/components/ui/format';
import { StatusDot, ToneShape } from '@/components/ui/signs/status-dot';
import { Age } from '@/components/ui/time/time';
import type { StageEntity, StageId } from '@/domain/realtime/entities';

/** What a stage is doing. Failed: its newest event is a failure. */
export type StageState = 'stalled' | 'running' | 'failed' | 'idle';

export function stateOf(stage: StageEntity, stalled: boolean): StageState {
  if (stalled) return 'stalled';
  if (stage.in_progress > 0) return 'running';
  const failed = stage.last_failure !== null && stage.last_failure.event_id === stage.last?.event_id;
  return failed ? 'failed' : 'idle';
}

/**
 * As wide as what may stand in a cell, so that no column moves when an age gets longer or a run begins or fails. What runs
 * and failed side by side takes most; the rest of a wide page is just enough for all columns.
 */
const ROOM: Partial<Record<StageId, string>> = {
  ...{ selfplay: 'min-w-22', new_games: 'min-w-22' },
  ...{ sync: 'w-39', training: 'w-39', evaluation: 'w-39' },
};

const TONES = { stalled: 'warn', running: 'busy', failed: 'bad', idle: 'off' } as const;

/** One stage of one config: how often, how fast; its state and newest event; what runs and what failed. */
export const StageCell = memo(function StageCell({
  stage,
  stalled,
  absent,
}: {
  stage: StageEntity | undefined;
  stalled: boolean;
  /** Why there may be nothing here. */
  absent: string;
}) {
  if (stage === undefined || (stage.last === null && stage.count === 0))
    return (
      <span className="text-faint" title={absent}>
        {NONE}
        <span className="sr-only"> {absent}</span>
      </span>
    );
  const state = stateOf(stage, stalled);
  return (
    <div className={cn('flex flex-col whitespace-nowrap', ROOM[stage.stage] ?? 'min-w-19')}>
      <span>
        <span className="text-sm font-semibold">{formatCount(stage.count)}</span>{' '}
        <span className="text-faint" title="completions in the last 60 min">
          {formatHourly(stage.rate_per_hour)}/h
        </span>
      </span>
      <span className="flex items-center gap-1.5 text-2xs" title={state}>
        <ToneShape tone={TONES[state]} className="size-2" />
        <span className="sr-only">{state}, newest event</span>
        <EventLink event={stage.last}>
          {stage.last !== null && <Age at={stage.last.timestamp} coarse />}
        </EventLink>
      </span>
      <Marks stage={stage} />
    </div>
  );
});

/**
 * What runs, since when, and what failed: one line whether there is any or not, so that rows do not jump. As far from the
 * link above as a finger needs to hit the one that it means.
 */
function Marks({ stage }: { stage: StageEntity }) {
  const { in_progress: running, in_progress_since: since, failed, last_failure: failure } = stage;
  return (
    <span className="mt-2 flex min-h-4 flex-wrap items-baseline gap-x-2 text-2xs">
      {running > 0 && (
        <span className="flex items-baseline gap-1 text-accent" title={`${formatCount(running)} running`}>
          <StatusDot tone="busy" label={formatCount(running)} />
          <span className="sr-only">running</span>
          {since !== null && (
            <>
              · <Elapsed at={since} coarse />
            </>
          )}
        </span>
      )}
      {failed > 0 && failure !== null && (
        <EventLink event={failure} className="no-underline">
          <span className="flex items-baseline gap-1" title={`${formatCount(failed)} failed`}>
            <StatusDot tone="bad" label={formatCount(failed)} />
            <span className="sr-only">failed, the last one</span>· <Elapsed at={failure.timestamp} coarse />
          </span>
        </EventLink>
      )}
    </span>
  );
}

/** The key to the marks. */
export function MarksKey() {
  return (
    <span className="flex flex-wrap items-baseline gap-x-3 text-xs text-dim">
      <StatusDot tone="off" label="idle" />
      <StatusDot tone="busy" label="running, for how long" />
      <StatusDot tone="warn" label="stalled" />
      <StatusDot tone="bad" label="failed, how long ago" />
    </span>
  );
}
