import type { EventRef, NodeEntity, NodeStatus } from '../../realtime/entities';
import { minuteOf } from '../shared/clock';
import { perHour } from '../shared/minutes';
import { compareStamps, isSet } from '../shared/order';
import { dutyLabels } from './duties';
import { isSilent, STALE_AFTER_S } from './silence';
import type { NodesState, NodeState, Phase } from './state';
import { hasChanged } from './steps';
import { summaryOf, type NodesSummary } from './summary';

/** What an online node may be besides. */
export type NodeCondition = 'unhealthy' | 'overloaded' | 'stale';

/**
 * Topic `nodes.nodes` (key: node): what moves while one looks. It is kept small, since it is sent for each of a thousand
 * nodes: shares are rounded to hundredths, `last_seen` down to 5 s, and events are named by their seq. Everything wider
 * (bands, series, sums) is asked for by the page; exact figures are in `GET /api/state/nodes`.
 */
export type NodeDetail = Omit<NodeEntity, 'status_event' | 'contradiction' | 'events'> & {
  /** Whether the cluster counts on the node: `online` also while it is unhealthy, overloaded or stale. */
  link: 'online' | 'offline' | 'unknown';
  conditions: NodeCondition[];
  /** Seq of the event that began the status; null for silence and its end, which no event declares. */
  status_seq: number | null;
  /** What it is working on, in a few words: `training hex8_2p`, `selfplay ×3`. Empty while it is not online. */
  work: string[];
  /** Set while the node is declared offline yet passes health checks: the last of them. */
  contradiction: { seq: number; at: number } | null;
};

/** One node of `GET /api/state/nodes`: exact figures, and the events behind them. */
export type NodeDocument = NodeEntity &
  Pick<NodeDetail, 'link' | 'conditions' | 'work'> & {
    /** Since when the cluster counts on the node, or does not, and by which event; null while nobody said so. */
    link_since: number | null;
    link_event: EventRef | null;
  };

/** `last_seen` moves in steps of this, so that a busy node is not sent anew with each of its events. */
const SEEN_STEP_S = 5;

const CONTRADICTION =
  'Declared offline, yet it passed a health check since. Waiting for the cluster to say online.';

export function shownSeen(node: NodeState): number {
  // 0 stands for never: others talked about the node, it gave no sign of life itself.
  return node.signs.last === null ? 0 : Math.floor(node.signs.last / SEEN_STEP_S) * SEEN_STEP_S;
}

export function isStale(node: NodeState, clock: number | null): boolean {
  return isSilent(node.signs.last, clock);
}

/** A node that nobody declared anything about is online once it gave a sign of life, and unknown until then. */
export function linkOf(node: NodeState): NodeDetail['link'] {
  if (node.link.v !== 'undeclared') return node.link.v;
  return node.signs.last === null ? 'unknown' : 'online';
}

export function conditionsOf(node: NodeState, clock: number | null): NodeCondition[] {
  if (linkOf(node) !== 'online') return [];
  const conditions: NodeCondition[] = [];
  if (node.unhealthy.v) conditions.push('unhealthy');
  if (node.overloaded.v) conditions.push('overloaded');
  if (isStale(node, clock)) conditions.push('stale');
  return conditions;
}

/** The one word for a card: silence outweighs what was last known, and ill outweighs busy. */
export function headline(link: NodeDetail['link'], conditions: readonly NodeCondition[]): NodeStatus {
  if (link !== 'online') return link;
  for (const condition of ['stale', 'unhealthy', 'overloaded'] as const)
    if (conditions.includes(condition)) return condition;
  return 'online';
}

type Beginning = Pick<Phase<unknown>, 'since' | 'event'>;

/** When the status began. A node is well again only since the last thing that was wrong with it ended. */
function beginningOf(node: NodeState, status: NodeStatus): Beginning {
  const { link, unhealthy, overloaded, lines, signs } = node;
  if (status === 'unhealthy') return unhealthy;
  if (status === 'overloaded') return overloaded;
  if (status === 'stale') return { since: (signs.last ?? 0) + STALE_AFTER_S, event: null };
  if (status !== 'online') return link;
  const ends: Beginning[] = [{ since: signs.gaps.at(-1) ?? null, event: null }];
  if (hasChanged(lines.unhealthy)) ends.push(unhealthy);
  if (hasChanged(lines.overloaded)) ends.push(overloaded);
  return ends.reduce(
    (last, end) => ((end.since ?? -Infinity) > (last.since ?? -Infinity) ? end : last),
    link,
  );
}

/** The passed check that contradicts the node's being declared offline. */
function contradicted(node: NodeState): boolean {
  return node.link.v === 'offline' && isSet(node.passed) && compareStamps(node.passed, node.link) > 0;
}

/** Hundredths are what a page shows; a broken figure is left as it is. */
function rounded(share: number | null): number | null {
  return share === null || Math.abs(share) > 1e6 ? share : Math.round(share * 100) / 100 + 0;
}

/** What topic and document have in common. */
function commonOf(state: NodesState, name: string, node: NodeState) {
  const link = linkOf(node);
  const conditions = conditionsOf(node, state.clock);
  const status = headline(link, conditions);
  const { since, event } = beginningOf(node, status);
  const entity = {
    node: name,
    status,
    status_since: since,
    host_type: node.hostType.v,
    gpu: node.gpu.v,
    backpressure: node.backpressure.v,
    issues: node.issues.v,
    offline_reason: link === 'offline' ? node.gone.v : null,
    games_per_hour: state.clock === null ? 0 : perHour(node.games, minuteOf(state.clock)),
    link,
    conditions,
    work: link === 'online' && state.clock !== null ? dutyLabels(node.duties, state.clock) : [],
  };
  return { entity, event };
}

export function nodeEntity(state: NodesState, name: string): NodeDetail | undefined {
  const node = state.nodes.get(name);
  if (node === undefined) return undefined;
  const { entity, event } = commonOf(state, name, node);
  return {
    ...entity,
    status_seq: event?.seq ?? null,
    health_score: rounded(node.healthScore.v),
    cpu_util: rounded(node.cpu.v),
    gpu_util: rounded(node.gpuUtil.v),
    memory_util: rounded(node.memory.v),
    last_seen: shownSeen(node),
    contradiction: contradicted(node) ? { seq: node.passed.s, at: node.passed.t } : null,
  };
}

/** Exact figures of a node, with the events behind them. */
export function nodeDocument(state: NodesState, name: string): NodeDocument | undefined {
  const node = state.nodes.get(name);
  if (node === undefined) return undefined;
  const { entity, event } = commonOf(state, name, node);
  const passed = contradicted(node) ? node.passed.v : null;
  return {
    ...entity,
    status_event: event,
    link_since: node.link.since,
    link_event: node.link.event,
    health_score: node.healthScore.v,
    cpu_util: node.cpu.v,
    gpu_util: node.gpuUtil.v,
    memory_util: node.memory.v,
    last_seen: node.signs.last ?? 0,
    contradiction: passed === null ? null : { event: passed, message: CONTRADICTION },
    events: node.events,
  };
}

export function nodesSummary({ nodes, clock }: NodesState): NodesSummary {
  return summaryOf(
    Array.from(nodes.values(), (node) => ({
      status: headline(linkOf(node), conditionsOf(node, clock)),
      backpressure: node.backpressure.v,
    })),
  );
}
