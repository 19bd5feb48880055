import { memo } from 'react';
import { cn } from '../../ui/cn';
import { formatHourly, formatPercent, formatPlural } from '../../ui/format';
import { Age } from '../../ui/time/time';
import type { FleetNode } from '../fleet/fleet';
import { lookOf } from './grid-look';
import { HealthSpark } from '../health-spark';
import { nodeHref } from '../href';
import { STATUS_TONE } from '../status';
import { StatusShape } from '../status-shape';

const EDGE = {
  ok: 'border-l-ok',
  busy: 'border-l-accent',
  info: 'border-l-info',
  warn: 'border-l-warn',
  bad: 'border-l-bad',
  crit: 'border-l-crit',
  off: 'border-l-line-strong',
} as const;

/** A node in a fleet of few: how it is, how loaded, what it works on or what is wrong. */
export const GridCard = memo(function GridCard({
  node: { node, live, slow },
  worse,
  index,
  tabbable,
}: {
  node: FleetNode;
  worse: boolean;
  index: number;
  tabbable: boolean;
}) {
  const { status, meaning, label } = lookOf({ node, live, slow }, worse);
  const doing =
    [
      ...(status === 'online' ? [] : [status]),
      ...(meaning === '' ? [] : [meaning]),
      ...(live.offline_reason === null ? live.issues : [live.offline_reason]),
      ...live.work,
    ].join(' · ') || 'no work under way';
  return (
    <a
      href={nodeHref(node)}
      aria-label={label}
      data-index={index}
      tabIndex={tabbable ? 0 : -1}
      className={cn(
        '@container flex min-w-0 flex-col gap-1 rounded border border-l-4 px-2 py-1.5 text-xs hover:bg-raised',
        EDGE[STATUS_TONE[status]],
      )}
    >
      <span className="flex min-w-0 items-center gap-1.5">
        <StatusShape status={status} />
        <span className="min-w-0 truncate font-mono font-medium">{node}</span>
        <span className="ml-auto shrink-0 text-2xs text-faint">{live.host_type}</span>
      </span>
      <span className="flex items-end justify-between gap-2">
        <Meter name="CPU" value={live.cpu_util} />
        <Meter name="GPU" value={live.gpu_util} />
        <Meter name="mem" value={live.memory_util} />
        <span className="flex min-w-17 flex-col items-end @3xs:flex-row @3xs:items-center @3xs:gap-1.5">
          <HealthSpark values={slow?.health} now={live.health_score} />
          <span className="text-2xs text-faint">health {formatPercent(live.health_score)}</span>
        </span>
      </span>
      <span className={cn('truncate text-2xs', status === 'online' ? 'text-faint' : 'text-fg')} title={doing}>
        {doing}
      </span>
      <span className="flex flex-wrap justify-between gap-x-2 gap-y-1 text-2xs text-faint">
        <span className="min-w-0 truncate">
          {formatHourly(live.games_per_hour)} games/h
          {slow !== undefined && ` · ${formatPlural(slow.champions.length, 'champion')}`}
        </span>
        {live.last_seen > 0 && (
          <span className="shrink-0" title="Newest sign of life, to 5 s">
            seen <Age at={live.last_seen} />
          </span>
        )}
      </span>
    </a>
  );
});

function Meter({ name, value }: { name: string; value: number | null }) {
  const share = Math.min(1, Math.max(0, value ?? 0));
  return (
    <span className="flex min-w-0 flex-1 flex-col gap-0.5">
      <span className="flex flex-col gap-x-1 text-2xs leading-3.5 text-faint @3xs:flex-row">
        {name} <span className="whitespace-nowrap text-dim">{formatPercent(value)}</span>
      </span>
      <span aria-hidden className="block h-1 rounded-sm bg-raised">
        <span
          className={cn('block h-full rounded-sm', share >= 0.9 ? 'bg-warn' : 'bg-line-strong')}
          style={{ width: `${share * 100}%` }}
        />
      </span>
    </span>
  );
}
