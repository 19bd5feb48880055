import type { EventDot, Severity } from '@/domain/events/envelope';
import { SEVERITIES } from '@/domain/events/envelope';

/** Ten minutes at 1,000 events/s; 20 bytes each, so 12 MB however long the page stays open. */
export const RIVER_CAPACITY = 600_000;

/** The index of type names is 16 bits wide; names beyond it share this one. */
const MAX_TYPES = 65_535;
const OVERFLOW_TYPE = 'OTHER';

/** Which lane a type's dots swim in. */
export type LaneOf = (eventType: string) => number;

/**
 * The newest `capacity` dots, oldest first, in typed arrays: nothing is allocated per event, so the heap stays level at
 * any rate. Dots must come in ascending seq; one that is not newer than the last is ignored, which makes a resumed feed
 * that repeats itself harmless.
 */
export class DotRing {
  readonly capacity: number;
  /** Raised by every change, so that a drawing loop can tell whether it has anything to do. */
  version = 0;
  /** Dots pushed since the last clear, overwritten ones included. */
  pushed = 0;

  readonly #laneOf: LaneOf;
  readonly #seq: Float64Array;
  readonly #time: Float64Array;
  readonly #lane: Uint8Array;
  readonly #severity: Uint8Array;
  readonly #type: Uint16Array;
  readonly #typeNames: string[] = [];
  readonly #typeLanes: number[] = [];
  readonly #typeIndex = new Map<string, number>();
  #start = 0;
  #size = 0;

  constructor(laneOf: LaneOf, capacity = RIVER_CAPACITY) {
    this.capacity = capacity;
    this.#laneOf = laneOf;
    this.#seq = new Float64Array(capacity);
    this.#time = new Float64Array(capacity);
    this.#lane = new Uint8Array(capacity);
    this.#severity = new Uint8Array(capacity);
    this.#type = new Uint16Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** Sequence of the newest dot; 0 when empty. */
  get newestSeq(): number {
    return this.#size === 0 ? 0 : this.seqAt(this.#size - 1);
  }

  /** True once the oldest dots have been overwritten. */
  get wrapped(): boolean {
    return this.pushed > this.capacity;
  }

  push(dots: readonly EventDot[]): void {
    for (const dot of dots) this.#append(dot);
    if (dots.length > 0) this.version += 1;
  }

  clear(): void {
    this.#start = 0;
    this.#size = 0;
    this.pushed = 0;
    this.version += 1;
  }

  /** All that is held, as it came. For rare moments: it allocates per dot. */
  dots(): EventDot[] {
    return Array.from({ length: this.#size }, (_, i): EventDot => [
      this.seqAt(i),
      this.timeAt(i),
      this.typeAt(i),
      SEVERITIES[this.severityAt(i)] ?? 'info',
    ]);
  }

  seqAt(i: number): number {
    return this.#seq[this.#slot(i)] ?? 0;
  }

  timeAt(i: number): number {
    return this.#time[this.#slot(i)] ?? 0;
  }

  laneAt(i: number): number {
    return this.#lane[this.#slot(i)] ?? 0;
  }

  /** Index into SEVERITIES, quiet to loud. */
  severityAt(i: number): number {
    return this.#severity[this.#slot(i)] ?? 0;
  }

  typeAt(i: number): string {
    return this.#typeNames[this.#type[this.#slot(i)] ?? 0] ?? OVERFLOW_TYPE;
  }

  #slot(i: number): number {
    const slot = this.#start + i;
    return slot >= this.capacity ? slot - this.capacity : slot;
  }

  #append([seq, time, eventType, severity]: EventDot): void {
    if (seq <= this.newestSeq) return;
    const slot = this.#slot(this.#size === this.capacity ? 0 : this.#size);
    const type = this.#intern(eventType);
    this.#seq[slot] = seq;
    this.#time[slot] = time;
    this.#lane[slot] = this.#typeLanes[type] ?? 0;
    this.#severity[slot] = severityIndex(severity);
    this.#type[slot] = type;
    this.pushed += 1;
    if (this.#size < this.capacity) this.#size += 1;
    else this.#start = this.#slot(1);
  }

  #intern(eventType: string): number {
    const known = this.#typeIndex.get(eventType);
    if (known !== undefined) return known;
    if (this.#typeNames.length >= MAX_TYPES) return this.#intern(this.#typeNames[0] ?? OVERFLOW_TYPE);
    const index = this.#typeNames.length;
    this.#typeNames.push(eventType);
    this.#typeLanes.push(this.#laneOf(eventType));
    this.#typeIndex.set(eventType, index);
    return index;
  }
}

function severityIndex(severity: Severity): number {
  return Math.max(0, SEVERITIES.indexOf(severity));
}
