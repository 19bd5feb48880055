import type { NodeStatus } from '../../realtime/entities';
import { headline, type NodeCondition } from './entities';
import { staleSpans } from './silence';
import type { NodeState } from './state';
import { changesSince, knownFrom, stepsOf, type Step } from './steps';

/** A stretch in which a node had one status. `seq`: the event that began it; null where silence or the window did. */
export type Band = { from: number; to: number; status: NodeStatus; seq: number | null };

/** The value of a line at a moment, walking forward: moments must ascend. */
function follower(line: readonly Step[]): (t: number) => Step | undefined {
  let index = -1;
  return (t) => {
    while (index + 1 < line.length && (line[index + 1]?.t ?? Infinity) <= t) index += 1;
    return line[index];
  };
}

type Span = readonly [from: number, to: number];

function insideOf(spans: readonly Span[]): (t: number) => boolean {
  let index = 0;
  return (t) => {
    while (index < spans.length && (spans[index]?.[1] ?? 0) <= t) index += 1;
    const span = spans[index];
    return span !== undefined && span[0] <= t;
  };
}

/** What is known of the node begins here; earlier stretches were dropped, or nothing was heard of it yet. */
function begins(node: NodeState, ...cuts: number[]): number {
  const first = [node.signs.first, node.lines.link.flat[0] ?? null].filter((t) => t !== null);
  return Math.max(Math.min(Infinity, ...first), node.signs.cutTo, knownFrom(node.lines.link), ...cuts);
}

/**
 * The states of a node from `since` to `until` (no later than the clock), oldest first, without holes. The rules are
 * those of the status itself: what the cluster declared comes first, then silence, illness, overload.
 */
export function bandsOf(node: NodeState, since: number, until: number): Band[] {
  const { link, unhealthy, overloaded } = node.lines;
  const lines = [stepsOf(link), stepsOf(unhealthy), stepsOf(overloaded)] as const;
  const stale = staleSpans(node.signs, until);
  const begin = begins(node, knownFrom(unhealthy), knownFrom(overloaded));
  const changes = [begin, node.signs.first ?? begin, ...stale.flat(), ...lines.flat().map(({ t }) => t)];
  const moments = [...new Set([since, ...changes.filter((t) => t > since && t < until)])].sort(
    (a, b) => a - b,
  );
  const [linkAt, illAt, busyAt] = [follower(lines[0]), follower(lines[1]), follower(lines[2])];
  const isStale = insideOf(stale);
  const bands: Band[] = [];
  for (const t of moments) {
    const [declared, ill, busy] = [linkAt(t), illAt(t), busyAt(t)];
    const silent = isStale(t);
    const alive = node.signs.first !== null && t >= node.signs.first;
    const known = t >= begin;
    const conditions: NodeCondition[] = [];
    if (ill?.value === 1) conditions.push('unhealthy');
    if (busy?.value === 1) conditions.push('overloaded');
    if (silent) conditions.push('stale');
    const status = known ? headline(linkNow(declared, alive), conditions) : 'unknown';
    const cause = [declared, ill, busy].find((step) => step?.t === t);
    push(bands, { from: t, to: until, status, seq: cause?.seq ?? null });
  }
  return bands;
}

function linkNow(declared: Step | undefined, alive: boolean): 'online' | 'offline' | 'unknown' {
  if (declared !== undefined) return declared.value === 1 ? 'online' : 'offline';
  return alive ? 'online' : 'unknown';
}

function push(bands: Band[], band: Band): void {
  const last = bands.at(-1);
  if (last?.status === band.status) return;
  if (last !== undefined) last.to = band.from;
  bands.push(band);
}

/** `up` of the `known` seconds; the rest of the window is unknown. */
export type Availability = { up: number; known: number };

/**
 * How long a node was there within each window that ends at `until`: declared online (or never declared offline) and not
 * silent for more than 15 minutes. An unhealthy or overloaded node is there. Time before the first word of the node is
 * not known.
 */
export function availabilityOf(node: NodeState, windows: readonly number[], until: number): Availability[] {
  const line = stepsOf(node.lines.link);
  const stale = staleSpans(node.signs, until);
  const begin = begins(node);
  const changes = [...line.map(({ t }) => t), ...stale.flat()].sort((a, b) => a - b);
  return windows.map((seconds) => {
    const from = Math.max(until - seconds, begin);
    const known = Math.max(0, until - from);
    if (known === 0) return { up: 0, known };
    return { up: secondsUp(node, { line, stale, changes }, from, until), known };
  });
}

type Past = { line: readonly Step[]; stale: readonly Span[]; changes: readonly number[] };

function secondsUp(node: NodeState, { line, stale, changes }: Past, from: number, until: number): number {
  const linkAt = follower(line);
  const isStale = insideOf(stale);
  let [up, begin] = [0, from];
  for (const end of [...changes, until]) {
    if (end <= begin || end > until) continue;
    const declared = linkAt(begin);
    const silent = isStale(begin);
    const here = declared === undefined ? node.signs.first !== null : declared.value === 1;
    if (here && !silent) up += end - begin;
    begin = end;
  }
  return up;
}

/** How often the node went, came, fell ill or got well after `since`. */
export function transitionsSince(node: NodeState, since: number): number {
  return changesSince(node.lines.link, since) + changesSince(node.lines.unhealthy, since);
}
