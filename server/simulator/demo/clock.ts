/** From virtual time `virtual` on, which is wall time `wall`, virtual time runs `speed` times as fast as the wall. */
export interface ClockSegment {
  readonly virtual: number;
  readonly wall: number;
  readonly speed: number;
}

/**
 * Maps the simulation's time to the time that timestamps show. Piecewise linear: history runs at its natural pace, the
 * live part `speed` times faster than the wall, and each restart begins a new piece where the last one stopped.
 * All times are epoch seconds.
 */
export class DemoClock {
  private readonly segments: ClockSegment[];

  constructor(segments: readonly ClockSegment[]) {
    if (segments.length === 0) throw new RangeError('DemoClock: at least one segment is needed');
    this.segments = [...segments];
  }

  /** Begins a new piece; `virtual` must not lie before the last one. Old pieces beyond the last 20 are forgotten. */
  anchor(segment: ClockSegment): void {
    if (segment.virtual < this.last().virtual)
      throw new RangeError('DemoClock: time cannot be anchored in its own past');
    this.segments.push(segment);
    if (this.segments.length > 20) this.segments.shift();
  }

  /** The piece in which a virtual time lies; times before the first piece belong to the first. */
  wallOf(virtual: number): number {
    const segment = this.segments.findLast((s) => s.virtual <= virtual) ?? this.first();
    return segment.wall + (virtual - segment.virtual) / segment.speed;
  }

  virtualOf(wall: number): number {
    const segment = this.segments.findLast((s) => s.wall <= wall) ?? this.first();
    return segment.virtual + (wall - segment.wall) * segment.speed;
  }

  saved(): readonly ClockSegment[] {
    return this.segments;
  }

  private first(): ClockSegment {
    return this.at(0);
  }

  private last(): ClockSegment {
    return this.at(-1);
  }

  private at(index: number): ClockSegment {
    const segment = this.segments.at(index);
    if (!segment) throw new RangeError('DemoClock: no segments');
    return segment;
  }
}
