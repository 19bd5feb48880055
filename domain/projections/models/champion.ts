import type { EventRef } from '../../realtime/entities';
import { compareStamps, insertSorted, type Stamp } from '../shared/order';

/**
 * What an event does to the champion of a config.
 * `promote`: `model` becomes champion. `roll_back`: `to` becomes champion, or the champion before when it is null.
 * `restore`: `to` becomes champion if `model` is it.
 */
export type ChampionOp = Stamp & {
  kind: 'promote' | 'roll_back' | 'restore';
  model: string | null;
  to: string | null;
  event: EventRef;
};

/** A model's time as champion. */
export type Reign = { model: string; since: number; event: EventRef };

/**
 * Champions of a config. `reigns` is a stack: the last is champion, the one below it is where a rollback leads.
 * `ops` are kept in time order so that one that arrives late takes its place; `base` is the stack before the first, and
 * `settled` the last operation that went into it.
 */
export type ChampionLine = { base: Reign[]; settled: Stamp; ops: ChampionOp[]; reigns: Reign[] };

/** Operations kept per config for late arrivals, and reigns that can be rolled back to. */
const MAX_OPS = 500;
const MAX_REIGNS = 50;

export function championLine(): ChampionLine {
  return { base: [], settled: { t: -Infinity, s: -1 }, ops: [], reigns: [] };
}

export function championOf(line: ChampionLine): Reign | null {
  return line.reigns.at(-1) ?? null;
}

export function previousOf(line: ChampionLine): Reign | null {
  return line.reigns.at(-2) ?? null;
}

/** Takes in an operation. One older than the 500 newest no longer counts: what it led to has long been superseded. */
export function addChampionOp(line: ChampionLine, op: ChampionOp): void {
  if (compareStamps(op, line.settled) < 0) return;
  const index = insertSorted(line.ops, op);
  if (index === line.ops.length - 1) {
    applyOp(line.reigns, op);
  } else {
    line.reigns = line.base.map((reign) => ({ ...reign }));
    for (const each of line.ops) applyOp(line.reigns, each);
  }
  if (line.ops.length <= MAX_OPS) return;
  const oldest = line.ops.shift();
  if (oldest === undefined) return;
  applyOp(line.base, oldest);
  line.settled = { t: oldest.t, s: oldest.s };
}

/** What the operation makes of the stack, in place. */
export function applyOp(reigns: Reign[], op: ChampionOp): void {
  const top = reigns.at(-1);
  if (op.kind === 'promote') {
    if (op.model !== null && op.model !== top?.model) reigns.push(reignOf(op.model, op));
  } else if (op.kind === 'restore') {
    if (op.to !== null && top !== undefined && top.model === op.model) returnTo(reigns, op.to, op);
  } else if (op.to !== null) {
    if (op.to !== top?.model) returnTo(reigns, op.to, op);
  } else {
    stepBack(reigns, op);
  }
  if (reigns.length > MAX_REIGNS) reigns.shift();
}

function reignOf(model: string, op: ChampionOp): Reign {
  return { model, since: op.t, event: op.event };
}

/** Unwinds to a former champion; a model that never was one takes the place of the champion rolled back. */
function returnTo(reigns: Reign[], model: string, op: ChampionOp): void {
  const former = reigns.findLastIndex((reign) => reign.model === model);
  reigns.length = former >= 0 ? former : Math.max(0, reigns.length - 1);
  reigns.push(reignOf(model, op));
}

/** Rollback without a target. Where its model is no longer champion it was rolled back already, and is only forgotten. */
function stepBack(reigns: Reign[], op: ChampionOp): void {
  const top = reigns.at(-1);
  if (op.model !== null && op.model !== top?.model) {
    const former = reigns.findLastIndex((reign) => reign.model === op.model);
    if (former >= 0) reigns.splice(former, 1);
    return;
  }
  reigns.pop();
  const champion = reigns.pop();
  if (champion !== undefined) reigns.push(reignOf(champion.model, op));
}
