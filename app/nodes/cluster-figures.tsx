'use client';

import { NodeLink } from '@/components/nodes/node-link';
import type { FleetFigures } from '@/components/nodes/fleet/fleet';
import { nodesHint } from '@/components/overview/selectors';
import { Elapsed } from '@/components/ui/time/elapsed';
import { formatCount, formatHourly, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Stat } from '@/components/ui/panel/stat';
import { StatusDot } from '@/components/ui/signs/status-dot';
import type { ClusterEntity } from '@/domain/realtime/entities';

/** The fleet in five figures. */
export function ClusterFigures({
  figures,
  cluster,
}: {
  figures: FleetFigures;
  cluster: ClusterEntity | undefined;
}) {
  return (
    <Panel title="Cluster">
      <div className="grid grid-cols-2 gap-4 md:grid-cols-3 lg:grid-cols-5">
        <Stat
          label="Nodes up"
          value={formatCount(figures.up)}
          unit={`of ${formatCount(figures.total)}`}
          hint={nodesHint(figures)}
        />
        <Stat
          label="Selfplay"
          value={formatHourly(figures.gamesPerHour)}
          unit="games/h"
          hint="of all nodes, in the last 60 min"
        />
        <Stat
          label="Leader"
          value={cluster?.leader == null ? NONE : <NodeLink node={cluster.leader} className="max-w-full" />}
          hint={
            cluster?.leader_since == null ? (
              'none elected'
            ) : (
              <>
                for <Elapsed at={cluster.leader_since} />
              </>
            )
          }
        />
        <Stat label="Term" value={formatCount(cluster?.term ?? null)} hint="of the leader’s election" />
        <Stat label="Quorum" value={<Quorum quorum={cluster?.quorum ?? null} />} hint={peers(cluster)} />
      </div>
    </Panel>
  );
}

function Quorum({ quorum }: { quorum: boolean | null }) {
  if (quorum === null) return <StatusDot tone="off" label="unknown" />;
  return quorum ? <StatusDot tone="ok" label="held" /> : <StatusDot tone="crit" label="lost" />;
}

function peers(cluster: ClusterEntity | undefined): string {
  if (cluster?.alive_peers == null) return 'no peer count seen';
  const total = cluster.total_peers === null ? '' : ` of ${cluster.total_peers}`;
  return `${cluster.alive_peers}${total} peers alive`;
}
