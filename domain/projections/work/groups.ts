import type { WorkState } from './entities';
import type { WorkLife } from './items';
import type { Group, WorkProjectionState } from './state';
import { noFlow } from './timeline';

/** The cluster knows about a dozen work types; statistics of more than 15 go together. */
const MAX_GROUPS = 16;
export const UNKNOWN = 'unknown';
export const OTHER = 'other';

/** The statistics that a work type belongs to; null for work of which no event named the type. */
export function groupOf(state: WorkProjectionState, type: string | null): Group {
  const name = type ?? UNKNOWN;
  const found = state.groups.get(name);
  if (found !== undefined) return found;
  const room = state.groups.size < MAX_GROUPS - 1;
  return room ? made(state, name) : (state.groups.get(OTHER) ?? made(state, OTHER));
}

function made(state: WorkProjectionState, name: string): Group {
  const group: Group = {
    name,
    index: state.groups.size,
    counts: new Map(),
    totals: noFlow(),
    waits: new Map(),
    runs: new Map(),
  };
  state.groups.set(name, group);
  return group;
}

/** The groups looked at last, by index: asked for several times per event. */
let listed: { readonly groups: ReadonlyMap<string, Group>; readonly byIndex: readonly Group[] } | null = null;

/** The statistics under which a piece of work is counted now. */
export function groupAt({ groups }: WorkProjectionState, index: number): Group | undefined {
  // Groups are only ever added, each with the next index.
  if (listed?.groups !== groups || listed.byIndex.length !== groups.size)
    listed = { groups, byIndex: [...groups.values()] };
  return listed.byIndex[index];
}

export function count(group: Group | undefined, state: WorkState, by: number): void {
  if (group !== undefined) group.counts.set(state, (group.counts.get(state) ?? 0) + by);
}

export function inState(group: Group, state: WorkState): number {
  return group.counts.get(state) ?? 0;
}

/** Priorities grow with urgency, mostly from 1 to 99. */
const BANDS = [
  ['75 and above', 75],
  ['50 to 74', 50],
  ['25 to 49', 25],
  ['below 25', -Infinity],
] as const;
const NO_PRIORITY = 'none given';
export const BAND_NAMES: readonly string[] = [...BANDS.map(([name]) => name), NO_PRIORITY];

export function bandOf({ priority }: Pick<WorkLife, 'priority'>): string {
  const { v } = priority;
  if (v === null) return NO_PRIORITY;
  return BANDS.find(([, from]) => v >= from)?.[0] ?? NO_PRIORITY;
}
