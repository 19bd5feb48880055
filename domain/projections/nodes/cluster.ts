import type { StoredEvent } from '../../events/envelope';
import type { ClusterEntity } from '../../realtime/entities';
import { nameField, numberField } from '../shared/fields';
import { write } from '../shared/order';
import { enter } from './rules';
import type { ClusterState } from './state';

type ClusterRule = (cluster: ClusterState, event: StoredEvent) => void;

function elected(cluster: ClusterState, event: StoredEvent): void {
  const leader = nameField(event.payload, 'leader_id');
  if (leader !== null) enter(cluster.leader, event, leader);
  const term = numberField(event.payload, 'term');
  if (term !== null) write(cluster.term, event, term);
}

function leaderless(cluster: ClusterState, event: StoredEvent): void {
  enter(cluster.leader, event, null);
}

function counted(cluster: ClusterState, event: StoredEvent, healthy: boolean): void {
  const alive = numberField(event.payload, 'alive_peers');
  const total = numberField(event.payload, 'total_peers');
  if (alive !== null) write(cluster.alivePeers, event, alive);
  if (total !== null) write(cluster.totalPeers, event, total);
  const stated = event.payload['quorum'];
  write(cluster.quorum, event, typeof stated === 'boolean' ? stated : hasMajority(alive, total, healthy));
}

/** Where the report does not say: a majority of peers alive is a quorum; without numbers the kind of report decides. */
function hasMajority(alive: number | null, total: number | null, otherwise: boolean): boolean {
  return alive === null || total === null ? otherwise : alive * 2 > total;
}

function healthy(cluster: ClusterState, event: StoredEvent): void {
  const leader = nameField(event.payload, 'leader_id');
  if (leader !== null) enter(cluster.leader, event, leader);
  counted(cluster, event, true);
}

const RULES: ReadonlyMap<string, ClusterRule> = new Map<string, ClusterRule>([
  ['LEADER_ELECTED', elected],
  ['LEADER_LOST', leaderless],
  ['LEADER_STEPDOWN', leaderless],
  ['P2P_CLUSTER_HEALTHY', healthy],
  ['P2P_CLUSTER_UNHEALTHY', (cluster, event) => counted(cluster, event, false)],
]);

/** True when the event concerned the cluster as a whole. */
export function foldCluster(cluster: ClusterState, event: StoredEvent): boolean {
  const rule = RULES.get(event.eventType);
  if (rule === undefined) return false;
  rule(cluster, event);
  cluster.updatedAt = Math.max(cluster.updatedAt ?? -Infinity, event.timestamp);
  return true;
}

export function clusterEntity(cluster: ClusterState): ClusterEntity {
  return {
    leader: cluster.leader.v,
    leader_since: cluster.leader.v === null ? null : cluster.leader.since,
    term: cluster.term.v,
    quorum: cluster.quorum.v,
    alive_peers: cluster.alivePeers.v,
    total_peers: cluster.totalPeers.v,
    updated_at: cluster.updatedAt,
  };
}
