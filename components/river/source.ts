import type { EventDot } from '@/domain/events/envelope';
import type { LaneOf } from './dot-ring';
import { DotRing } from './dot-ring';

/** The dots a river draws, and word of new ones. Lives outside React: a thousand events a second re-render nothing. */
export class DotSource {
  readonly ring: DotRing;
  /** True when events older than the oldest dot exist that this page was not sent. */
  truncated = false;
  readonly #listeners = new Set<() => void>();

  constructor(laneOf: LaneOf, capacity?: number) {
    this.ring = new DotRing(laneOf, capacity);
  }

  /** `reset`: what is held is dropped first; `truncated` then tells whether there was more than came. */
  take(dots: readonly EventDot[], reset: false | { truncated: boolean }): void {
    if (reset) {
      this.ring.clear();
      this.truncated = reset.truncated;
    }
    this.ring.push(dots);
    this.#changed();
  }

  /** Adds dots older than all that are held, ascending; `complete`: nothing that a window can show is missing now. */
  prepend(older: readonly EventDot[], complete: boolean): void {
    const held = this.ring.dots();
    const first = held[0]?.[0] ?? Infinity;
    this.ring.clear();
    this.truncated = !complete;
    this.ring.push(older.filter((dot) => dot[0] < first));
    this.ring.push(held);
    this.#changed();
  }

  #changed(): void {
    if (this.ring.wrapped) this.truncated = true;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
