import { availabilityOf, bandsOf, type Band, type NodesState } from '../../../../domain/projections/nodes';
import type { NodeStatus } from '../../../../domain/realtime/entities';

/** A band as it travels: from, to (epoch seconds), status, seq of the event that began it. */
export type WireBand = [from: number, to: number, status: NodeStatus, seq: number | null];

/** Share of the known time of a window in which a node was there, and how many seconds of it are known. */
export type WireAvailability = [share: number | null, known: number];

/** The state bands of some nodes over a window; a node that is not there is left out. */
export type Timelines = { since: number; until: number; rows: { node: string; bands: WireBand[] }[] };

/** More bands than this are too many to draw: the worst of each slot is drawn instead. */
const MAX_BANDS = 120;
const SLOTS = 240;

/** From harmless to grave: what a slot with several states shows. */
const GRAVITY: readonly NodeStatus[] = ['unknown', 'online', 'overloaded', 'unhealthy', 'stale', 'offline'];

export const WINDOWS = [3_600, 86_400, 604_800] as const;
const LONGEST = 604_800;

/** The window asked for, within the last seven days up to the newest event; by default all of them that hold anything. */
export function windowOf(
  state: NodesState,
  asked: { since: number | null; until: number | null },
): [since: number, until: number] {
  const clock = state.clock ?? 0;
  const until = Math.min(asked.until ?? clock, clock);
  let first = clock;
  if (asked.since === null)
    for (const { signs, lines } of state.nodes.values())
      first = Math.min(first, signs.first ?? clock, lines.link.flat[0] ?? clock);
  const since = asked.since ?? Math.max(first, clock - LONGEST);
  return [Math.min(since, until - 1), until];
}

export function timelines(
  state: NodesState,
  input: { nodes: readonly string[]; since: number | null; until: number | null },
): Timelines {
  const [since, until] = windowOf(state, input);
  const rows = input.nodes.flatMap((node) => {
    const found = state.nodes.get(node);
    return found === undefined ? [] : [{ node, bands: thinned(bandsOf(found, since, until), since, until) }];
  });
  return { since, until, rows };
}

export function thinned(bands: readonly Band[], since: number, until: number): WireBand[] {
  const few = bands.length <= MAX_BANDS ? bands : slots(bands, since, until);
  return few.map(({ from, to, status, seq }) => [from, to, status, seq]);
}

/** The worst state of each slot: a short outage stays visible among many bands. */
function slots(bands: readonly Band[], since: number, until: number): Band[] {
  const width = (until - since) / SLOTS;
  const result: Band[] = [];
  let index = 0;
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const [from, to] = [since + slot * width, since + (slot + 1) * width];
    while (index + 1 < bands.length && (bands[index]?.to ?? to) <= from) index += 1;
    let worst: Band | undefined;
    for (let at = index; at < bands.length && (bands[at]?.from ?? to) < to; at += 1) {
      const band = bands[at];
      if (band && (worst === undefined || gravity(band) > gravity(worst))) worst = band;
    }
    const last = result.at(-1);
    if (worst === undefined) continue;
    if (last?.status === worst.status) last.to = to;
    else result.push({ ...worst, from, to });
  }
  return result;
}

const gravity = ({ status }: Band): number => GRAVITY.indexOf(status);

/** Availability over the last 1 h, 24 h and 7 d. */
export function availabilities(state: NodesState, name: string): WireAvailability[] {
  const node = state.nodes.get(name);
  const clock = state.clock ?? 0;
  if (node === undefined) return WINDOWS.map(() => [null, 0]);
  return availabilityOf(node, WINDOWS, clock).map(({ up, known }) => [
    known <= 0 ? null : Math.round((up / known) * 1e5) / 1e5,
    Math.round(known),
  ]);
}
