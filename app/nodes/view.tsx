'use client';

import { useEntity, useTopic } from '@/app/_client/live-provider';
import { nodesHint, nodesUp, troubledFirst } from '@/components/overview/selectors';
import { Elapsed } from '@/components/ui/elapsed';
import { Empty } from '@/components/ui/empty';
import { formatCount, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import { Stat } from '@/components/ui/stat';
import { StatusDot } from '@/components/ui/status-dot';
import type { ClusterEntity, NodeEntity } from '@/domain/realtime/entities';
import { NodesTable } from './nodes-table';

export function NodesView() {
  const nodes = useTopic<NodeEntity>('nodes.nodes');
  const cluster = useEntity<ClusterEntity>('nodes.cluster', 'cluster');
  const rows = troubledFirst(nodes.values());
  const up = nodesUp(rows);
  return (
    <>
      <Panel title="Cluster">
        <div className="grid grid-cols-2 gap-4 md:grid-cols-4">
          <Stat
            label="Nodes up"
            value={formatCount(up.up)}
            unit={`of ${formatCount(up.total)}`}
            hint={nodesHint(up)}
          />
          <Stat
            label="Leader"
            value={cluster?.leader ?? NONE}
            hint={
              cluster?.leader_since != null ? (
                <>
                  for <Elapsed at={cluster.leader_since} />
                </>
              ) : (
                'no election seen'
              )
            }
          />
          <Stat label="Term" value={formatCount(cluster?.term ?? null)} hint="of the leader’s election" />
          <Stat label="Quorum" value={<Quorum quorum={cluster?.quorum ?? null} />} hint={peers(cluster)} />
        </div>
      </Panel>
      <Panel title="Machines" hint={`${formatCount(rows.length)} known, those in trouble first`} flush>
        {rows.length === 0 ? (
          <Empty title="No node yet">A node appears with its first event.</Empty>
        ) : (
          <NodesTable nodes={rows} />
        )}
      </Panel>
    </>
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
