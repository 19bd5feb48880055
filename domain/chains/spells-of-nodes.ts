import type { StoredEvent } from '../events/envelope';
import { namesField } from '../projections/shared/fields';
import { DAY, field, MINUTE, one, RECOVERY, recovered, rolesOf, spell, startToEnd } from './spell-words';

const outageRoles = rolesOf({
  HEALTH_CHECK_FAILED: 'lead',
  NODE_UNHEALTHY: 'lead',
  HOST_OFFLINE: 'open',
  P2P_NODE_DEAD: 'open',
  P2P_NODES_DEAD: 'open',
  NODE_TERMINATED: 'open',
  ...RECOVERY,
  TASK_ORPHANED: 'during',
  TASK_ABANDONED: 'during',
  WORK_TIMEOUT: 'during',
  HOST_ONLINE: 'close',
  NODE_RECOVERED: 'close',
  NODE_ACTIVATED: 'close',
});

/** A node from the first word that it is gone to its return. */
export const outage = spell('outage', 'node', outageRoles, nodesOf, {
  lookups: (node) => [
    { types: outageRoles.types.filter((type) => !(type in RECOVERY)), node },
    { types: [...Object.keys(RECOVERY), 'P2P_NODES_DEAD'], payload: node },
  ],
  lead: 10 * MINUTE,
  settle: 10 * MINUTE,
  span: DAY,
  awaits: ['HOST_ONLINE', 'NODE_RECOVERED', 'NODE_ACTIVATED'],
});

function nodesOf(event: StoredEvent): readonly string[] {
  if (event.eventType in RECOVERY) return one(recovered(event, 'node'));
  return event.eventType === 'P2P_NODES_DEAD' ? namesField(event.payload, 'node_ids', 100) : one(event.node);
}

const leaderRoles = rolesOf({
  HOST_OFFLINE: 'lead',
  LEADER_LOST: 'open',
  LEADER_STEPDOWN: 'open',
  P2P_CLUSTER_UNHEALTHY: 'during',
  CLUSTER_STATUS_CHANGED: 'during',
  LEADER_ELECTED: 'close',
  P2P_CLUSTER_HEALTHY: 'close',
});

/** The cluster from the loss of its leader to the next one. */
export const leader = spell('leader', 'cluster leadership', leaderRoles, () => ['cluster'], {
  leads: (lead, opening) =>
    lead.node !== null && lead.node === (field(opening, 'previous_leader') ?? field(opening, 'leader_id')),
  lookups: () => [{ types: leaderRoles.types }],
  lead: 2 * MINUTE,
  settle: MINUTE,
  awaits: ['LEADER_ELECTED'],
});

const recoveryRoles = rolesOf({
  RECOVERY_INITIATED: 'open',
  RECOVERY_COMPLETED: 'close',
  RECOVERY_FAILED: 'close',
});
export const recovery = startToEnd(
  'recovery',
  'target of the recovery',
  recoveryRoles,
  (event) => {
    const target = field(event, 'target');
    return target === null ? null : `${field(event, 'recovery_type') ?? 'any'} ${target}`;
  },
  {
    lookups: (subject) => [{ types: recoveryRoles.types, payload: subject.slice(subject.indexOf(' ') + 1) }],
    awaits: ['RECOVERY_COMPLETED', 'RECOVERY_FAILED'],
  },
);

const pressureRoles = rolesOf({
  NODE_OVERLOADED: 'lead',
  BACKPRESSURE_ACTIVATED: 'open',
  BACKPRESSURE_RELEASED: 'close',
});
export const pressure = startToEnd('pressure', 'node', pressureRoles, (event) => event.node, {
  lookups: (node) => [{ types: pressureRoles.types, node }],
  lead: 2 * MINUTE,
  awaits: ['BACKPRESSURE_RELEASED'],
});
