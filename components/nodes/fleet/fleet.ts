import { isPressing } from '@/domain/projections/nodes/pressure';
import { summaryOf, type NodesSummary } from '@/domain/projections/nodes/summary';
import type { NodeDetail } from '@/domain/projections';
import type { NodeStatus } from '@/domain/realtime/entities';
import type { FleetRow } from '@/server/api/pages/nodes';
import { byName } from '../../live/rows';
import { FLAPPING, STATUS_ORDER } from '../status';

/** A node as the fleet shows it: what is live, and what moves slowly (undefined until asked for). */
export type FleetNode = {
  readonly node: string;
  readonly live: NodeDetail;
  readonly slow: FleetRow | undefined;
};

export interface FleetFilter {
  readonly q: string;
  readonly status: readonly string[];
  readonly type: readonly string[];
}

/** What was joined before: a node that did not change stays the same object, so that it is not drawn again. */
const joined = new WeakMap<NodeDetail, FleetNode>();

/** Joins the live topic with the slow facts. */
export function joinFleet(nodes: Iterable<NodeDetail>, rows: readonly FleetRow[] | undefined): FleetNode[] {
  const slow = new Map(rows?.map((row) => [row.node, row]));
  return Array.from(nodes, (live) => {
    const row = slow.get(live.node);
    const known = joined.get(live);
    if (known !== undefined && known.slow === row) return known;
    const made = { node: live.node, live, slow: row };
    joined.set(live, made);
    return made;
  });
}

/** Every word must occur in the node's name, type or GPU. */
export function matchesFilter({ live }: FleetNode, { q, status, type }: FleetFilter): boolean {
  if (status.length > 0 && !status.includes(live.status)) return false;
  if (type.length > 0 && !type.includes(live.host_type ?? '')) return false;
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = `${live.node}\n${live.host_type ?? ''}\n${live.gpu ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Those in trouble first, so that they stand on top of any fleet, of alike ones those that flap or are under pressure, then by name. */
export function troubleFirst(nodes: readonly FleetNode[]): FleetNode[] {
  const place = placesOf(nodes);
  const rank = ({ node, live, slow }: FleetNode): number => {
    const trouble = live.contradiction === null ? STATUS_ORDER.indexOf(live.status) : -1;
    const uneasy = isPressing(live.backpressure) || (slow?.transitions ?? 0) >= FLAPPING ? 0.5 : 0;
    return (trouble - uneasy) * 1e6 + (place.get(node) ?? 0);
  };
  return [...nodes].sort((a, b) => rank(a) - rank(b));
}

let lastPlaces: ReadonlyMap<string, number> = new Map();

/** The place of each name among all; kept, since names hardly ever change and comparing them as people do is slow. */
function placesOf(nodes: readonly FleetNode[]): ReadonlyMap<string, number> {
  if (!nodes.every(({ node }) => lastPlaces.has(node))) {
    const names = nodes.map(({ node }) => node).sort(byName);
    lastPlaces = new Map(names.map((name, index) => [name, index]));
  }
  return lastPlaces;
}

export function countBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) {
    const key = keyOf(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** How busy a node is: its busiest of CPU, GPU and memory, 0..1; null before the first report. */
export function loadOf({ cpu_util: cpu, gpu_util: gpu, memory_util: memory }: NodeDetail): number | null {
  const known = [cpu, gpu, memory].filter((share) => share !== null);
  return known.length === 0 ? null : Math.min(1, Math.max(0, ...known));
}

export interface FleetFigures extends NodesSummary {
  readonly gamesPerHour: number;
  readonly statuses: ReadonlyMap<NodeStatus, number>;
}

export function figuresOf(nodes: readonly FleetNode[]): FleetFigures {
  return {
    ...summaryOf(nodes.map(({ live }) => live)),
    gamesPerHour: nodes.reduce((sum, { live }) => sum + live.games_per_hour, 0),
    statuses: countBy(nodes, ({ live }) => live.status),
  };
}
