import type { JsonObject } from '../../../domain/json';

/** Something that an actor asked to be told at a later time. Plain data, so that a whole simulation can be saved. */
export interface Appointment {
  /** Virtual epoch seconds. */
  readonly at: number;
  /** Ties on `at` are kept in the order of asking. */
  readonly order: number;
  readonly actor: string;
  readonly kind: string;
  readonly data: JsonObject;
}

const before = (a: Appointment, b: Appointment): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);

/** Priority queue of appointments (binary heap), earliest first. */
export class Agenda {
  private readonly heap: Appointment[];

  /** `saved` may be in any order. */
  constructor(saved: readonly Appointment[] = []) {
    this.heap = [...saved].sort((a, b) => (before(a, b) ? -1 : 1));
  }

  get size(): number {
    return this.heap.length;
  }

  peek(): Appointment | undefined {
    return this.heap[0];
  }

  all(): readonly Appointment[] {
    return this.heap;
  }

  add(item: Appointment): void {
    let at = this.heap.length;
    this.heap.push(item);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = this.heap[up];
      if (!parent || !before(item, parent)) break;
      this.heap[at] = parent;
      at = up;
    }
    this.heap[at] = item;
  }

  take(): Appointment | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (last && first !== last) this.sink(last);
    return first;
  }

  private sink(item: Appointment): void {
    let at = 0;
    for (;;) {
      const child = this.earlierChild(at);
      const found = this.heap[child];
      if (!found || !before(found, item)) break;
      this.heap[at] = found;
      at = child;
    }
    this.heap[at] = item;
  }

  private earlierChild(at: number): number {
    const left = this.heap[2 * at + 1];
    const right = this.heap[2 * at + 2];
    return left && right && before(right, left) ? 2 * at + 2 : 2 * at + 1;
  }
}
