import type { StoredEvent } from '../../events/envelope';
import type { ClusterEntity } from '../../realtime/entities';
import { lineField, nameField, numberField } from '../shared/fields';
import { compareStamps, keepNewest, write, type Stamp } from '../shared/order';
import { enter } from './rules';
import type { ClusterState, LeaderChange, PeerReport } from './state';

/** Changes of leadership, and reports of peers, kept: years of a calm cluster, a day of a broken one. */
const MAX_LOG = 300;

type ClusterRule = (cluster: ClusterState, event: StoredEvent) => void;

function stampOf(event: StoredEvent): Stamp {
  return { t: event.timestamp, s: event.seq };
}

/** The last entry that is not after the event. */
function before<T extends Stamp>(log: readonly T[], event: StoredEvent): T | undefined {
  return log.findLast((entry) => compareStamps(entry, stampOf(event)) <= 0);
}

function noteChange(
  cluster: ClusterState,
  event: StoredEvent,
  kind: LeaderChange['kind'],
  leader: string | null,
): void {
  const term = numberField(event.payload, 'term');
  const reason = lineField(event.payload, 'reason');
  keepNewest(cluster.changes, { ...stampOf(event), kind, leader, term, reason }, MAX_LOG);
}

function elected(cluster: ClusterState, event: StoredEvent): void {
  const leader = nameField(event.payload, 'leader_id');
  if (leader !== null) enter(cluster.leader, event, leader);
  const term = numberField(event.payload, 'term');
  if (term !== null) write(cluster.term, event, term);
  noteChange(cluster, event, 'elected', leader);
}

function leaderless(kind: 'lost' | 'stepped_down'): ClusterRule {
  return (cluster, event) => {
    enter(cluster.leader, event, null);
    const former = nameField(event.payload, 'previous_leader') ?? nameField(event.payload, 'leader_id');
    noteChange(cluster, event, kind, former);
  };
}

function counted(cluster: ClusterState, event: StoredEvent, healthy: boolean): void {
  const alive = numberField(event.payload, 'alive_peers');
  const total = numberField(event.payload, 'total_peers');
  if (alive !== null) write(cluster.alivePeers, event, alive);
  if (total !== null) write(cluster.totalPeers, event, total);
  const stated = event.payload['quorum'];
  const quorum = typeof stated === 'boolean' ? stated : hasMajority(alive, total, healthy);
  write(cluster.quorum, event, quorum);
  noteReport(cluster, { ...stampOf(event), quorum, alive, total }, event);
}

/** A report that repeats the one before it adds nothing to the history. */
function noteReport(cluster: ClusterState, report: PeerReport, event: StoredEvent): void {
  const last = before(cluster.reports, event);
  const same =
    last !== undefined &&
    last.quorum === report.quorum &&
    last.alive === report.alive &&
    last.total === report.total;
  if (!same) keepNewest(cluster.reports, report, MAX_LOG);
}

/** Where the report does not say: a majority of peers alive is a quorum; without numbers the kind of report decides. */
function hasMajority(alive: number | null, total: number | null, otherwise: boolean): boolean {
  return alive === null || total === null ? otherwise : alive * 2 > total;
}

function healthy(cluster: ClusterState, event: StoredEvent): void {
  const leader = nameField(event.payload, 'leader_id');
  if (leader !== null) {
    enter(cluster.leader, event, leader);
    const last = before(cluster.changes, event);
    const leads = last !== undefined && (last.kind === 'elected' || last.kind === 'seen');
    if (!leads || last.leader !== leader) noteChange(cluster, event, 'seen', leader);
  }
  counted(cluster, event, true);
}

const RULES: ReadonlyMap<string, ClusterRule> = new Map<string, ClusterRule>([
  ['LEADER_ELECTED', elected],
  ['LEADER_LOST', leaderless('lost')],
  ['LEADER_STEPDOWN', leaderless('stepped_down')],
  ['P2P_CLUSTER_HEALTHY', healthy],
  ['P2P_CLUSTER_UNHEALTHY', (cluster, event) => counted(cluster, event, false)],
]);

export const CLUSTER_TYPES: readonly string[] = [...RULES.keys()];

/** Takes in an event that concerns the cluster as a whole. */
export function foldCluster(cluster: ClusterState, event: StoredEvent): void {
  const rule = RULES.get(event.eventType);
  if (rule === undefined) return;
  rule(cluster, event);
  cluster.updatedAt = Math.max(cluster.updatedAt ?? -Infinity, event.timestamp);
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
