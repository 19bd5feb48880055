import { WORK_STEPS, type WorkFlow, type WorkStep } from './entities';

/** How much waited and ran at one moment, by group; and since when the longest waiting waited. */
export type Depth = { waiting: number[]; running: number[]; oldest: number | null };

/** A stretch of time: steps taken in it (group × step, see {@link flowIndex}) and the depth when it began. */
export type Slot = { t: number; flows: number[]; depth: Depth | null };

/**
 * Slots of equal length by the number of their place in time: the newest `limit` in which something was noted. Bounded by
 * their number, not by time, so that a pause of months does not cost what was before it.
 */
export type Timeline = { seconds: number; limit: number; slots: Map<number, Slot> };

export function timeline(seconds: number, limit: number): Timeline {
  return { seconds, limit, slots: new Map() };
}

const PLACE = new Map<WorkStep, number>(WORK_STEPS.map((step, index) => [step, index]));

function flowIndex(group: number, step: WorkStep): number {
  return group * WORK_STEPS.length + (PLACE.get(step) ?? 0);
}

export function slotNumber({ seconds }: Timeline, t: number): number {
  return Math.floor(t / seconds);
}

/** Counts a step at its own time (`by` 1), or takes it back (-1) where its slot is still there. */
export function addFlow(line: Timeline, t: number, group: number, step: WorkStep, by: 1 | -1): void {
  const number = slotNumber(line, t);
  const slot = by === 1 ? slotAt(line, number) : line.slots.get(number);
  if (slot === undefined) return;
  const index = flowIndex(group, step);
  // Filled up: a list with holes is slow, and not the same after a snapshot.
  while (slot.flows.length <= index) slot.flows.push(0);
  // Not below zero: the slot may have been given up and begun anew in between.
  slot.flows[index] = Math.max(0, (slot.flows[index] ?? 0) + by);
}

/** Notes the depth at the beginning of the slot. */
export function addDepth(line: Timeline, number: number, depth: Depth): void {
  slotAt(line, number).depth = depth;
}

function slotAt(line: Timeline, number: number): Slot {
  const found = line.slots.get(number);
  if (found !== undefined) return found;
  const made: Slot = { t: number * line.seconds, flows: [], depth: null };
  line.slots.set(number, made);
  prune(line);
  return made;
}

/** The oldest go, a tenth at once, so that the sorting is paid once per many new ones. */
function prune({ slots, limit }: Timeline): void {
  if (slots.size <= limit * 1.1) return;
  const oldest = [...slots.keys()].sort((a, b) => a - b).slice(0, slots.size - limit);
  for (const number of oldest) slots.delete(number);
}

/** Steps of a slot; of one group, or of all (null). */
export function flowOfSlot(slot: Slot | undefined, group: number | null, step: WorkStep): number {
  if (slot === undefined) return 0;
  if (group !== null) return slot.flows[flowIndex(group, step)] ?? 0;
  let sum = 0;
  for (let index = flowIndex(0, step); index < slot.flows.length; index += WORK_STEPS.length)
    sum += slot.flows[index] ?? 0;
  return sum;
}

/** Steps per slot over the `span` slots up to and including number `last`, oldest first. */
export function flowSeries(
  line: Timeline,
  last: number,
  span: number,
  group: number | null,
  step: WorkStep,
): number[] {
  return Array.from({ length: span }, (_, index) =>
    flowOfSlot(line.slots.get(last - span + 1 + index), group, step),
  );
}

/** Sum of each step over the `span` slots up to and including number `last`. */
export function flowSum(line: Timeline, last: number, span: number, group: number | null): WorkFlow {
  const sum = noFlow();
  for (let number = last - span + 1; number <= last; number += 1) {
    const slot = line.slots.get(number);
    if (slot !== undefined) for (const step of WORK_STEPS) sum[step] += flowOfSlot(slot, group, step);
  }
  return sum;
}

export function noFlow(): WorkFlow {
  return Object.fromEntries(WORK_STEPS.map((step) => [step, 0])) as WorkFlow;
}
