import type { StoredEvent } from '../../events/envelope';
import { deadNodes } from '../shared/dead-nodes';
import { lineField, namesField, numberField } from '../shared/fields';
import { GOOD_HEALTH } from '../shared/health';
import { idsUnder } from '../shared/ids';
import { firstLine, type ProblemRules, type Report } from './rules';

const LEADER = 'leader:cluster';
const QUORUM = 'quorum:cluster';

export const offlineId = idsUnder('offline');
export const contradictionId = idsUnder('contradiction');
const recoveryId = idsUnder('recovery');
const unhealthyId = idsUnder('unhealthy');
const pressureId = idsUnder('pressure');

function nodeReport(
  event: StoredEvent,
  part: Pick<Report, 'title' | 'detail' | 'severity'>,
  prefix: string,
): Report | null {
  const { node } = event;
  if (node === null) return null;
  return { id: `${prefix}:${node}`, kind: 'node', subject: node, page: '/nodes', ...part };
}

function offline(event: StoredEvent): Report | null {
  const planned = event.eventType === 'NODE_TERMINATED';
  const title = `${event.node ?? 'A node'} is ${planned ? 'terminated' : 'offline'}`;
  return nodeReport(
    event,
    { title, detail: firstLine(event, 'reason'), severity: planned ? 'warning' : 'error' },
    'offline',
  );
}

/** More nodes than problems that can be open at once are not looked at. */
const MAX_DEAD = 1_000;

function dead(event: StoredEvent): Report[] {
  return deadNodes(event, MAX_DEAD).flatMap((node) => offline({ ...event, node }) ?? []);
}

function unhealthy(event: StoredEvent): Report | null {
  const issues = namesField(event.payload, 'issues', 5).join(', ');
  const title = `${event.node ?? 'A node'} is unhealthy`;
  const detail = issues === '' ? firstLine(event, 'error', 'reason') : issues;
  return nodeReport(event, { title, detail, severity: 'warning' }, 'unhealthy');
}

function pressure(event: StoredEvent): Report | null {
  if (event.payload['level'] !== 'critical') return null;
  const title = `${event.node ?? 'A node'} is under critical pressure`;
  return nodeReport(
    event,
    { title, detail: firstLine(event, 'reason', 'resource_type'), severity: 'error' },
    'pressure',
  );
}

/** A check that passed with a poor score does not make a node healthy. */
function passed({ node, payload }: StoredEvent): readonly (string | null)[] {
  const score = numberField(payload, 'health_score');
  return node === null || (score !== null && score < GOOD_HEALTH) ? [] : [unhealthyId(node)];
}

function back({ node }: StoredEvent): readonly (string | null)[] {
  if (node === null) return [];
  return [offlineId(node), contradictionId(node), unhealthyId(node), pressureId(node), recoveryId(node)];
}

/** Offline is the greater trouble of the same machine. */
function gone({ node }: StoredEvent): readonly (string | null)[] {
  return node === null ? [] : [unhealthyId(node), pressureId(node)];
}

function leaderless(event: StoredEvent): Report {
  return {
    id: LEADER,
    severity: 'critical',
    title: 'The cluster has no leader',
    detail: firstLine(event, 'reason'),
    kind: 'cluster',
    subject: 'cluster',
    page: '/nodes',
  };
}

/** A majority alive but leaderless is the leader's problem, not a second one. */
function sickCluster(event: StoredEvent): Report {
  const alive = numberField(event.payload, 'alive_peers');
  const total = numberField(event.payload, 'total_peers');
  const peers = alive === null || total === null ? '' : `${alive} of ${total} peers alive: `;
  if (lineField(event.payload, 'reason')?.includes('leader') === true) return leaderless(event);
  const title = 'The cluster is unhealthy';
  return { ...leaderless(event), id: QUORUM, title, detail: `${peers}${firstLine(event, 'reason')}` };
}

export const CLUSTER_RULES: ProblemRules = [
  [['HOST_OFFLINE', 'P2P_NODE_DEAD', 'NODE_TERMINATED'], { opens: offline, closes: gone }],
  [
    ['P2P_NODES_DEAD'],
    {
      opens: dead,
      closes: (event) => deadNodes(event, MAX_DEAD).flatMap((node) => gone({ ...event, node })),
    },
  ],
  [['HOST_ONLINE', 'NODE_RECOVERED', 'NODE_ACTIVATED'], { closes: back }],
  [['NODE_UNHEALTHY', 'HEALTH_CHECK_FAILED'], { opens: unhealthy }],
  [['HEALTH_CHECK_PASSED'], { closes: passed }],
  [
    ['BACKPRESSURE_ACTIVATED'],
    {
      opens: pressure,
      closes: ({ node, payload }) =>
        node === null || payload['level'] === 'critical' ? [] : [pressureId(node)],
    },
  ],
  [['BACKPRESSURE_RELEASED'], { closes: ({ node }) => (node === null ? [] : [pressureId(node)]) }],
  [['LEADER_LOST', 'LEADER_STEPDOWN'], { opens: leaderless }],
  [['LEADER_ELECTED'], { closes: () => [LEADER] }],
  [['P2P_CLUSTER_UNHEALTHY'], { opens: sickCluster }],
  [['P2P_CLUSTER_HEALTHY'], { closes: () => [LEADER, QUORUM] }],
];
