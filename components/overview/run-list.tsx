import Link from 'next/link';
import { memo } from 'react';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, humanise } from '@/components/ui/format';
import { Age } from '@/components/ui/time/time';
import type { RunEntity } from '@/domain/realtime/entities';
import { runExplainedAt } from './selectors';

/** Who wants all of hundreds reads them on /training. */
const SHOWN = 50;

/** The training runs under way, with the stage that each has reached. */
export function RunList({ runs }: { runs: readonly RunEntity[] }) {
  if (runs.length === 0) return <Empty title="No run under way">A run appears when a training starts.</Empty>;
  return (
    <ul className="divide-y">
      {runs.slice(0, SHOWN).map((run) => (
        <RunLine key={run.run_id} run={run} />
      ))}
      {runs.length > SHOWN && (
        <li className="px-3 py-1.5 text-xs text-faint">and {formatCount(runs.length - SHOWN)} more</li>
      )}
    </ul>
  );
}

const RunLine = memo(function RunLine({ run }: { run: RunEntity }) {
  // Between two stages a run stands at the end of the one before.
  const done = run.hops.some(({ stage, status }) => stage === run.stage && status === 'done');
  return (
    <li className="px-3 py-1.5">
      <span className="flex min-w-0 items-baseline gap-2 text-xs">
        <Link
          href={runExplainedAt(run)}
          prefetch={false}
          className="truncate font-mono font-medium hover:text-accent hover:underline"
          title={run.run_id}
        >
          {run.model_id ?? run.run_id}
        </Link>
        <span
          className="ml-auto shrink-0 text-2xs text-faint"
          title="Since the run began: its training was decided on or started"
        >
          <Age at={run.started_at} />
        </span>
      </span>
      <span className="flex min-w-0 items-center gap-2 text-2xs text-dim">
        <span className="truncate">
          {humanise(run.stage)}
          {done && ' done'}
          {/* Where it trains or trained: other stages run elsewhere. */}
          {run.stage === 'training' && run.node !== null && ` on ${run.node}`}
        </span>
        {run.stage === 'training' && !done && <EpochBar epoch={run.epoch} total={run.total_epochs} />}
      </span>
    </li>
  );
});

function EpochBar({ epoch, total }: { epoch: number | null; total: number | null }) {
  if (epoch === null || total === null || total <= 0) return null;
  const percent = Math.min(100, Math.max(0, (epoch / total) * 100));
  return (
    <span className="ml-auto flex shrink-0 items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className="h-1 w-14 overflow-hidden rounded-full bg-raised">
        <span className="block h-full bg-accent" style={{ width: `${percent}%` }} />
      </span>
      <span className="min-w-16 text-right">
        epoch {epoch}/{total}
      </span>
    </span>
  );
}
