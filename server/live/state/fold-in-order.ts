import { setTimeout as pause } from 'node:timers/promises';
import type { StoredEvent } from '../../../domain/events/envelope';
import { createFold, TimelyInOrder, type Fold } from '../../../domain/projections';
import type { TimePlace } from '../../history/query-types';
import type { History } from '../../history/types';

/** Events read and folded in one turn of the event loop: five to ten milliseconds. */
const SLICE = 250;
/** The same at a start, where nothing else waits for a turn: each makes a line of the log. */
const START_SLICE = 5_000;

export interface OrderOptions {
  readonly onTrouble: (error: unknown, event: StoredEvent) => void;
  readonly onProgress?: (done: number) => void;
  /** True: give up; what was folded so far is of no use. */
  readonly stopped: () => boolean;
  /** Live events pass meanwhile: no more than half of the time is taken from them. */
  readonly gently: boolean;
}

/** Everything up to a seq, folded in order of event time; null where it was given up. Rejects as `History.eventsInTime` does. */
export async function foldedInOrder(
  history: Pick<History, 'eventsInTime'>,
  upTo: number,
  { onTrouble, onProgress, stopped, gently }: OrderOptions,
): Promise<Fold | null> {
  const [fold, times] = [createFold(), new TimelyInOrder()];
  const slice = gently ? SLICE : START_SLICE;
  let place: TimePlace | null = null;
  for (let done = 0; ;) {
    const events: readonly StoredEvent[] = await history.eventsInTime(upTo, place, slice);
    if (stopped()) return null;
    const last = events.at(-1);
    if (last === undefined) return fold;
    const began = performance.now();
    const timely = events.map((event) => times.timely(event));
    fold.foldAll(timely, () => undefined, onTrouble);
    if (gently) await pause(performance.now() - began);
    place = { timestamp: last.timestamp, seq: last.seq };
    onProgress?.((done += events.length));
  }
}
