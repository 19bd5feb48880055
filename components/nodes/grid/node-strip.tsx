'use client';

import { Elapsed } from '../../ui/time/elapsed';
import { formatHourly, formatPercent, formatPlural, NONE } from '../../ui/format';
import { Age } from '../../ui/time/time';
import type { FleetNode } from '../fleet/fleet';
import { StatusShape } from '../status-shape';

/** All about one node in a line of fixed height, so that nothing jumps while the pointer wanders. */
export function NodeStrip({ node, worse }: { node: FleetNode | undefined; worse: ReadonlySet<string> }) {
  return (
    <div className="flex h-14 min-w-0 flex-col justify-center overflow-hidden border-b px-3 text-xs md:h-10">
      {node === undefined ? (
        <p className="text-faint">Point at a node to read it here; arrow keys move, Enter opens its page.</p>
      ) : (
        <Facts node={node} worse={worse.has(node.node)} />
      )}
    </div>
  );
}

function Facts({ node: { node, live, slow }, worse }: { node: FleetNode; worse: boolean }) {
  const kind = [...new Set([live.host_type, live.gpu])].filter((part) => part !== null).join(', ');
  return (
    <p className="line-clamp-3 text-dim md:line-clamp-2">
      <span className="mr-1 inline-flex items-center gap-1.5 font-mono font-medium text-fg">
        <StatusShape status={live.status} /> {node}
      </span>
      {live.status}
      {live.status_since !== null && (
        <>
          {' '}
          for <Elapsed at={live.status_since} />
        </>
      )}
      {kind !== '' && ` · ${kind}`} · health {formatPercent(live.health_score)} · CPU{' '}
      {formatPercent(live.cpu_util)}, GPU {formatPercent(live.gpu_util)}, memory{' '}
      {formatPercent(live.memory_util)} · {formatHourly(live.games_per_hour)} games/h ·{' '}
      {live.work.length === 0 ? 'no work under way' : live.work.join(', ')}
      {live.backpressure !== null && ` · backpressure ${live.backpressure}`}
      {live.offline_reason !== null && ` · ${live.offline_reason}`}
      {live.issues.length > 0 && ` · ${live.issues.join(', ')}`}
      {worse && ' · results worse than the others’'}
      {slow !== undefined &&
        slow.transitions > 0 &&
        ` · ${formatPlural(slow.transitions, 'change')} in the last hour`}
      {live.contradiction !== null && ' · passes health checks although declared offline'} · seen{' '}
      {live.last_seen === 0 ? NONE : <Age at={live.last_seen} />}
    </p>
  );
}
