import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { tick } from '../shared/clock';
import { firstName, namesField } from '../shared/fields';
import { wasWarm } from '../shared/minutes';
import { foldCluster } from './cluster';
import { isStale } from './entities';
import { NODE_RULES, offline } from './rules';
import { isSignOfLife } from './signs';
import { nodeState, type NodesState, type NodeState } from './state';

/** The longest silent go first. */
const MAX_NODES = 5_000;
const MAX_SENDERS = 1_000;
/** Payload fields that name a node, in order of precedence. */
const NODE_FIELDS = ['node_id', 'node_name', 'host_id', 'host'];

export function foldNodes(state: NodesState, event: StoredEvent, touch: Touch): void {
  const before = state.clock;
  if (tick(state, event)) touchDecayed(state, before, touch);
  if (foldCluster(state.cluster, event)) touch('nodes.cluster', 'cluster');
  if (event.eventType === 'P2P_NODES_DEAD') declareDead(state, event, touch);
  else if (event.node !== null && belongs(state, event.node, event))
    foldNode(state, event.node, event, touch);
  if (event.hostname !== event.node && event.hostname !== '') witness(state, event, touch);
}

/**
 * False for a machine that only published something here and that no event names as a node: a laptop that posts an
 * event, or the dashboard's own host, must not show up among the cluster's nodes.
 */
function belongs(state: NodesState, name: string, event: StoredEvent): boolean {
  if (event.origin !== 'router' || state.nodes.has(name)) return true;
  return firstName(event.payload, NODE_FIELDS) !== null;
}

function foldNode(state: NodesState, name: string, event: StoredEvent, touch: Touch): void {
  const node = nodeFor(state, name, event, touch);
  node.events += 1;
  if (isSignOfLife(event)) see(node, event);
  NODE_RULES.get(event.eventType)?.(node, event);
  touch('nodes.nodes', name);
}

/** The machine that sent an event about another is alive too, should it be a node. */
function witness(state: NodesState, event: StoredEvent, touch: Touch): void {
  const sender = state.nodes.get(event.hostname);
  if (sender !== undefined) {
    see(sender, event);
    touch('nodes.nodes', event.hostname);
    return;
  }
  state.senders.set(
    event.hostname,
    Math.max(state.senders.get(event.hostname) ?? -Infinity, event.timestamp),
  );
  evictLowest(state.senders, MAX_SENDERS, (t) => t);
}

/** A list of dead peers in one event; the field's name is undocumented, so the plausible ones are read. */
function declareDead(state: NodesState, event: StoredEvent, touch: Touch): void {
  for (const key of ['node_ids', 'nodes', 'dead_nodes', 'dead_peers']) {
    for (const name of namesField(event.payload, key, MAX_NODES)) {
      offline(nodeFor(state, name, event, touch), event);
      touch('nodes.nodes', name);
    }
  }
}

function nodeFor(state: NodesState, name: string, event: StoredEvent, touch: Touch): NodeState {
  let node = state.nodes.get(name);
  if (node === undefined) {
    node = nodeState();
    node.at = event.timestamp;
    node.lastSeen = state.senders.get(name) ?? null;
    state.senders.delete(name);
    state.nodes.set(name, node);
    evictLowest(
      state.nodes,
      MAX_NODES,
      (each) => each.at,
      (key) => touch('nodes.nodes', key),
    );
  }
  if (event.timestamp > node.at) node.at = event.timestamp;
  return node;
}

function see(node: NodeState, event: StoredEvent): void {
  if (node.lastSeen === null || event.timestamp > node.lastSeen) node.lastSeen = event.timestamp;
}

/** A new minute: nodes fell silent, and hourly rates lost their oldest minute. */
function touchDecayed(state: NodesState, before: number | null, touch: Touch): void {
  for (const [name, node] of state.nodes) {
    if (wasWarm(node.games, before) || isStale(node, before) !== isStale(node, state.clock))
      touch('nodes.nodes', name);
  }
}
