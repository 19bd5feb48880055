import type { ClusterEntity } from '@/domain/realtime/entities';
import type { Results } from '@/server/api/pages/nodes';
import { formatCount } from '../../ui/format';
import type { FleetNode } from '../fleet/fleet';
import { resultHref, sayComparison } from '../results/results';
import { began, WRONG_KINDS, type WrongGroup, type WrongItem } from './wrong-kinds';

/** Behind every moment: what has none comes last. */
const NEVER = 1e12;

/** What is wrong with the fleet, gravest first, and in each group what has lasted longest; empty groups are left out. */
export function whatIsWrong(
  nodes: readonly FleetNode[],
  cluster: ClusterEntity | undefined,
  compared: Pick<Results, 'since' | 'worse'> | undefined,
): WrongGroup[] {
  const groups: WrongGroup[] = [leadershipGroup(nodes, cluster)];
  const restless = [...nodes].sort((a, b) => (b.slow?.transitions ?? 0) - (a.slow?.transitions ?? 0));
  for (const { of, ...kind } of WRONG_KINDS) {
    const items = (kind.id === 'flapping' ? restless : nodes).flatMap((node) => of(node) ?? []);
    groups.push({ ...kind, items: items.sort((a, b) => (a.since ?? NEVER) - (b.since ?? NEVER)) });
  }
  groups.splice(-1, 0, resultsGroup(compared));
  return groups.filter(({ items }) => items.length > 0);
}

function resultsGroup(compared: Pick<Results, 'since' | 'worse'> | undefined): WrongGroup {
  const { since, worse } = compared ?? { since: 0, worse: [] };
  return {
    id: 'results',
    title: 'Results worse than the others’',
    hint: 'beyond chance, after correction for the number of tests; method below',
    tone: 'warn',
    items: worse.map((each) => ({
      node: each.node,
      text: sayComparison(each),
      since: null,
      href: resultHref(each.node, each.kind, since),
    })),
  };
}

function leadershipGroup(nodes: readonly FleetNode[], cluster: ClusterEntity | undefined): WrongGroup {
  const items: WrongItem[] = [];
  const href = '/events?category=leader_election';
  if (cluster !== undefined && cluster.leader === null && cluster.updated_at !== null)
    items.push({ node: null, text: 'the cluster has no leader', since: null, href });
  const leader = nodes.find(({ node }) => node === cluster?.leader);
  if (leader !== undefined && (leader.live.link === 'offline' || leader.live.status === 'stale'))
    items.push({ node: leader.node, text: `leads, yet is ${leader.live.status}`, ...began(leader) });
  if (cluster?.quorum === false)
    items.push({
      node: null,
      text: `no quorum: ${formatCount(cluster.alive_peers)} of ${formatCount(cluster.total_peers)} peers alive`,
      since: cluster.updated_at,
      href: '/events?type=P2P_CLUSTER_UNHEALTHY',
    });
  return {
    ...{ id: 'leadership', title: 'Leadership', tone: 'crit' },
    hint: 'who leads, and whether the peers agree',
    items,
  };
}
