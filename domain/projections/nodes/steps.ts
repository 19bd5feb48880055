import type { StoredEvent } from '../../events/envelope';

/**
 * How a value of a node went over time, bounded: five numbers per stretch, flat, ascending: when it began and by which
 * event (seq), the value, and the newest event that confirmed it (time, seq). Confirmations only move that last mark, so
 * a health check every few seconds costs no memory.
 */
export type Steps = {
  flat: number[];
  /** True once old stretches were dropped: what was before the first one kept is not known any more. */
  cut: boolean;
};

/** One stretch of a value; it lasts until the next begins. */
export type Step = { t: number; seq: number; value: number };

const WIDTH = 5;
const [VALUE, LAST_T, LAST_S] = [2, 3, 4] as const;

export function steps(): Steps {
  return { flat: [], cut: false };
}

function at(line: Steps, index: number, field: number): number {
  return line.flat[index * WIDTH + field] ?? NaN;
}

function isAfter(t: number, s: number, event: StoredEvent): boolean {
  return t > event.timestamp || (t === event.timestamp && s > event.seq);
}

/**
 * Notes that an event set the value. Events may come late. The newest event always decides the last stretch; a late one
 * that contradicts a stretch which was confirmed after it cuts that stretch in two, and the second part begins with the
 * newest confirmation, because those in between are not kept.
 */
export function addStep(line: Steps, event: StoredEvent, value: number, limit: number): void {
  let index = line.flat.length / WIDTH - 1;
  while (index >= 0 && isAfter(at(line, index, 0), at(line, index, 1), event)) index -= 1;
  if (index < 0 && line.cut) return;
  if (index >= 0 && at(line, index, VALUE) === value) confirm(line, index, event);
  else insert(line, index, event, value);
  const surplus = line.flat.length / WIDTH - limit;
  if (surplus <= 0) return;
  line.flat.splice(0, surplus * WIDTH);
  line.cut = true;
}

function confirm(line: Steps, index: number, event: StoredEvent): void {
  if (isAfter(at(line, index, LAST_T), at(line, index, LAST_S), event)) return;
  line.flat[index * WIDTH + LAST_T] = event.timestamp;
  line.flat[index * WIDTH + LAST_S] = event.seq;
}

/** Puts a new stretch behind the one at `index`. */
function insert(line: Steps, index: number, event: StoredEvent, value: number): void {
  const { timestamp: t, seq: s } = event;
  const next = (index + 1) * WIDTH;
  const [lastT, lastS] = [at(line, index, LAST_T), at(line, index, LAST_S)];
  if (index >= 0 && isAfter(lastT, lastS, event)) {
    const before = at(line, index, VALUE);
    line.flat[index * WIDTH + LAST_T] = at(line, index, 0);
    line.flat[index * WIDTH + LAST_S] = at(line, index, 1);
    line.flat.splice(next, 0, t, s, value, t, s, lastT, lastS, before, lastT, lastS);
  } else if (at(line, index + 1, VALUE) === value) {
    // The stretch that follows says the same: it began earlier than was known.
    line.flat[next] = t;
    line.flat[next + 1] = s;
  } else {
    line.flat.splice(next, 0, t, s, value, t, s);
  }
}

/** The stretches, oldest first. */
export function stepsOf(line: Steps): Step[] {
  const result: Step[] = [];
  for (let index = 0; index < line.flat.length / WIDTH; index += 1) {
    result.push({ t: at(line, index, 0), seq: at(line, index, 1), value: at(line, index, VALUE) });
  }
  return result;
}

/** Before this nothing is known of the value; -Infinity while nothing was dropped. */
export function knownFrom(line: Steps): number {
  return line.cut ? at(line, 0, 0) : -Infinity;
}

/** Whether it ever had another value. */
export function hasChanged({ flat }: Steps): boolean {
  return flat.length > WIDTH;
}

/** How often the value changed after `since`; the first stretch is no change. */
export function changesSince(line: Steps, since: number): number {
  let count = 0;
  for (let index = line.flat.length / WIDTH - 1; index > 0 && at(line, index, 0) > since; index -= 1) {
    count += 1;
  }
  return count;
}
