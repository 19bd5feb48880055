import { isAction } from '../../actions/actor';
import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { tick } from '../shared/clock';
import { deadNodes } from '../shared/dead-nodes';
import { firstName, nameField } from '../shared/fields';
import { wasWarm } from '../shared/minutes';
import { foldCluster } from './cluster';
import { dutiesExpire, endOf, foldDuty, hasDuty, isToldElsewhere } from './duties';
import { isStale, shownSeen } from './entities';
import { offline } from './rules';
import { isSignOfLife } from './signs';
import { addSign } from './silence';
import { nodeState, type NodesState, type NodeState } from './state';
import { traitsOf, type Traits } from './traits';

/** The longest silent go first. */
export const MAX_NODES = 5_000;
const MAX_SENDERS = 1_000;
/** Payload fields that name a node, in order of precedence. */
const NODE_FIELDS = ['node_id', 'node_name', 'host_id', 'host'];

export function foldNodes(state: NodesState, event: StoredEvent, touch: Touch): void {
  const before = state.clock;
  if (tick(state, event)) touchDecayed(state, before, touch);
  const traits = traitsOf(event.eventType);
  if (traits.cluster) {
    foldCluster(state.cluster, event);
    touch('nodes.cluster', 'cluster');
  }
  if (isToldElsewhere(event)) endElsewhere(state, event, touch);
  if (event.eventType === 'P2P_NODES_DEAD') declareDead(state, event, touch);
  else if (event.node !== null) foldNode(state, event.node, traits, event, touch);
  if (event.hostname !== event.node && event.hostname !== '') witness(state, event, touch);
}

/** A coordinator tells of the end of what another node works on, and of a training perhaps by its config alone. */
function endElsewhere(state: NodesState, event: StoredEvent, touch: Touch): void {
  const own = event.node === null ? undefined : state.nodes.get(event.node);
  if (own !== undefined && hasDuty(own.duties, event)) return;
  const ends = endOf(event);
  if (ends === null) return;
  for (const [name, { duties }] of state.nodes) if (ends(duties)) touchNode(touch, name);
}

/**
 * False for a machine that only published something here and that no event names as a node: a laptop that posts an
 * event, or the dashboard's own host, must not show up among the cluster's nodes.
 */
function belongs(event: StoredEvent): boolean {
  const here = event.origin === 'router' || isAction(event);
  return !here || firstName(event.payload, NODE_FIELDS) !== null;
}

/** Touches the node only where a page would see the difference: it costs what it shows, not what the cluster emits. */
function foldNode(
  state: NodesState,
  name: string,
  { rule, duty, sync, doubt }: Traits,
  event: StoredEvent,
  touch: Touch,
): void {
  const known = state.nodes.get(name);
  if (known === undefined && !belongs(event)) return;
  const node = known ?? made(state, name, event, touch);
  if (event.timestamp > node.at) node.at = event.timestamp;
  node.events += 1;
  const seen = isSignOfLife(doubt, event) && see(state, node, event);
  const ruled = rule !== null && rule(sync ? doer(state, node, event) : node, event);
  const working = duty && foldDuty(node.duties, event);
  if (known === undefined || seen || ruled || working) touchNode(touch, name);
}

/** Whom an event counts for: reports of a sync name the node that synced as their `source`. */
function doer(state: NodesState, node: NodeState, event: StoredEvent): NodeState {
  return state.nodes.get(nameField(event.payload, 'source') ?? '') ?? node;
}

/** The machine that sent an event about another is alive too, should it be a node. */
function witness(state: NodesState, event: StoredEvent, touch: Touch): void {
  const sender = state.nodes.get(event.hostname);
  if (sender !== undefined) {
    if (see(state, sender, event)) touchNode(touch, event.hostname);
    return;
  }
  state.senders.set(
    event.hostname,
    Math.max(state.senders.get(event.hostname) ?? -Infinity, event.timestamp),
  );
  evictLowest(state.senders, MAX_SENDERS, (t) => t);
}

function touchNode(touch: Touch, name: string): void {
  touch('nodes.nodes', name);
  touch('nodes.summary', 'all');
}

function declareDead(state: NodesState, event: StoredEvent, touch: Touch): void {
  for (const name of deadNodes(event, MAX_NODES)) {
    offline(nodeFor(state, name, event, touch), event);
    touchNode(touch, name);
  }
}

function nodeFor(state: NodesState, name: string, event: StoredEvent, touch: Touch): NodeState {
  const node = state.nodes.get(name) ?? made(state, name, event, touch);
  if (event.timestamp > node.at) node.at = event.timestamp;
  return node;
}

function made(state: NodesState, name: string, event: StoredEvent, touch: Touch): NodeState {
  const node = nodeState();
  node.at = event.timestamp;
  const sent = state.senders.get(name);
  if (sent !== undefined) addSign(node.signs, sent);
  state.senders.delete(name);
  state.nodes.set(name, node);
  evictLowest(
    state.nodes,
    MAX_NODES,
    (each) => each.at,
    (key) => touchNode(touch, key),
  );
  return node;
}

/** A sign of life; true when that shows. */
function see(state: NodesState, node: NodeState, event: StoredEvent): boolean {
  const shown = shownSeen(node);
  const { last } = node.signs;
  const heardAgain = node.signs.gaps.at(-1);
  const stale = isStale(node, state.clock);
  addSign(node.signs, event.timestamp);
  // A silent node also says since when, to the second, and one that is heard of again since when it is.
  return (
    shownSeen(node) !== shown ||
    isStale(node, state.clock) !== stale ||
    node.signs.gaps.at(-1) !== heardAgain ||
    (stale && node.signs.last !== last)
  );
}

/** A new minute: hourly rates lost their oldest minute, nodes fell silent, work was given up for lost. */
function touchDecayed(state: NodesState, before: number | null, touch: Touch): void {
  for (const [name, node] of state.nodes) {
    const changed =
      wasWarm(node.games, before) ||
      isStale(node, before) !== isStale(node, state.clock) ||
      dutiesExpire(node.duties, before, state.clock);
    if (changed) touchNode(touch, name);
  }
}
