import type { States } from '../../../../domain/projections';
import {
  flowOfSlot,
  noFlow,
  spreadOf,
  typeEntity,
  type Slot,
  type Timeline,
  type WorkState,
} from '../../../../domain/projections/work';
import { WORK_STEPS, type Spread, type WorkFlow } from '../../../../domain/projections/work/entities';
import { within, type PageInput } from '../input';

/** A work type over a stretch of time. `success`: done of done, failed and timed out; null before one ended. */
export type TypeRecord = {
  work_type: string;
  flow: WorkFlow;
  success: number | null;
  wait: Spread;
  run: Spread;
};

type Points = [t: number, value: number][];

export type QueueRecord = {
  types: TypeRecord[];
  /** Per type, and their sum under the name null: how many waited and ran at once, at most in each bin. */
  depth: { work_type: string | null; waiting: Points; running: Points }[];
  /** Age of the longest waiting, seconds, at most in each bin. */
  oldest: Points;
  /** Steps of all types per bin of `bin_seconds`; each bin by its beginning. */
  bins: { t: number; queued: number; done: number; bad: number; retried: number }[];
  bin_seconds: number;
  /** The events counted in `types` happened from `since` on and before `until`; null: no limit. Slots are counted whole. */
  counted: { since: number | null; until: number | null };
  /** Flow is known from here on (bounded history); null: nothing yet. */
  since: number | null;
};

/** What a screen can show. */
const MAX_BINS = 72;

export function queueRecord({ work }: States, input: PageInput): QueueRecord {
  const line = lineFor(work, input);
  const slots = [...line.slots.values()].sort((a, b) => a.t - b.t);
  const shown = slots.filter(({ t }) => touches(t, line.seconds, input));
  const seconds = binSeconds(shown, line.seconds);
  const groups = [...work.groups.values()].filter(({ name }) => typeEntity(work, name) !== undefined);
  return {
    types: groups.map((group) => {
      const flow = sumOf(shown, group.index);
      return {
        work_type: group.name,
        flow,
        success: successOf(flow),
        wait: spreadOf([...group.waits.values()].filter(({ t }) => within(t, input)).map(({ v }) => v)),
        run: spreadOf([...group.runs.values()].filter(({ t }) => within(t, input)).map(({ v }) => v)),
      };
    }),
    depth: [null, ...groups].map((group) => ({
      work_type: group?.name ?? null,
      waiting: peaks(shown, seconds, ({ waiting }) => at(waiting, group?.index)),
      running: peaks(shown, seconds, ({ running }) => at(running, group?.index)),
    })),
    oldest: peaks(shown, seconds, ({ oldest }, t) => (oldest === null ? 0 : Math.max(0, t - oldest))),
    bins: binned(shown, line.seconds, seconds),
    bin_seconds: seconds,
    counted: {
      since: shown[0]?.t ?? null,
      until: input.until === null ? null : (shown.at(-1)?.t ?? input.until) + line.seconds,
    },
    since: slots[0]?.t ?? null,
  };
}

/** Whether any of a slot lies in the stretch asked for: slots are counted whole. */
function touches(t: number, seconds: number, { since, until }: PageInput): boolean {
  return (since === null || t + seconds > since) && (until === null || t <= until);
}

/** By the minute where the last 12 hours hold all of it, else by five minutes. */
function lineFor({ minutes, fives, clock }: WorkState, { since }: PageInput): Timeline {
  const reach = minutes.seconds * (minutes.limit - 1);
  return clock !== null && since !== null && since >= clock - reach ? minutes : fives;
}

function sumOf(slots: readonly Slot[], group: number): WorkFlow {
  const sum = noFlow();
  for (const slot of slots) for (const step of WORK_STEPS) sum[step] += flowOfSlot(slot, group, step);
  return sum;
}

export function successOf({ completed, failed, timed_out: late }: WorkFlow): number | null {
  const ends = completed + failed + late;
  return ends === 0 ? null : completed / ends;
}

/** Of one group, or of all. */
function at(values: readonly number[], group: number | undefined): number {
  return group === undefined ? values.reduce((sum, each) => sum + each, 0) : (values[group] ?? 0);
}

/** A queue that fills and empties within a bin would be a forest of lines: what matters of it is how deep it became. */
function peaks(
  slots: readonly Slot[],
  seconds: number,
  value: (depth: NonNullable<Slot['depth']>, t: number) => number,
): Points {
  const bins = new Map<number, number>();
  for (const { t, depth } of slots) {
    if (depth === null) continue;
    const bin = Math.floor(t / seconds) * seconds;
    bins.set(bin, Math.max(bins.get(bin) ?? 0, value(depth, t)));
  }
  return [...bins];
}

/** Bins are whole slots of equal length, so that no step is lost to drawing. */
function binSeconds(slots: readonly Slot[], seconds: number): number {
  return seconds * Math.max(1, Math.ceil(spanOf(slots, seconds) / seconds / MAX_BINS));
}

function spanOf(slots: readonly Slot[], seconds: number): number {
  const first = slots[0]?.t ?? 0;
  return (slots.at(-1)?.t ?? first) - first + seconds;
}

function binned(slots: readonly Slot[], seconds: number, size: number): QueueRecord['bins'] {
  const first = slots[0]?.t ?? 0;
  const end = first + spanOf(slots, seconds);
  const bins = new Map<number, QueueRecord['bins'][number]>();
  for (let t = Math.floor(first / size) * size; slots.length > 0 && t < end; t += size)
    bins.set(t, { t, queued: 0, done: 0, bad: 0, retried: 0 });
  for (const slot of slots) {
    const bin = bins.get(Math.floor(slot.t / size) * size);
    if (bin === undefined) continue;
    bin.queued += flowOfSlot(slot, null, 'queued');
    bin.done += flowOfSlot(slot, null, 'completed');
    bin.bad += flowOfSlot(slot, null, 'failed') + flowOfSlot(slot, null, 'timed_out');
    bin.retried += flowOfSlot(slot, null, 'retried');
  }
  return [...bins.values()];
}
