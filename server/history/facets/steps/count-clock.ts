/** How long a count may go on. */
export interface Clock {
  readonly ms: number;
  /** Milliseconds that are left of a share of the time. */
  readonly left: (share: number) => number;
  /**
   * True once a share of the time is over, unless what is left to do ends in a moment: `done` and `todo` are counted from
   * `begun` on.
   */
  readonly late: (share: number, done: number, todo: number, begun: number) => boolean;
}

/** What would be done within this much more time is done, rather than estimated. */
const OVERTIME = 0.25;

export function clockOf(ms: number): Clock {
  const start = performance.now();
  const left = (share: number): number => ms * share - (performance.now() - start);
  return {
    ms,
    left,
    late: (share, done, todo, begun) => {
      if (left(share) > 0) return false;
      return ((performance.now() - begun) * todo) / Math.max(1, done) > left(share + OVERTIME);
    },
  };
}
