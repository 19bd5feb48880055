import type { Ranked } from '@/server/api/pages/elo/leaderboard';

/** How much stronger one model is than another, by their own evaluations. */
export interface Difference {
  readonly elo: number;
  /** Half the width of the 95 % interval; null where a model has none. */
  readonly margin: number | null;
  /** Score to be expected, 0..1. */
  readonly score: number;
  /** Ratings of different configs are different games. */
  readonly comparable: boolean;
}

export function differenceOf(a: Ranked, b: Ranked): Difference | null {
  if (a.elo === null || b.elo === null) return null;
  const elo = a.elo - b.elo;
  const [of, against] = [halfWidth(a), halfWidth(b)];
  const margin = of === null || against === null ? null : Math.hypot(of, against);
  return { elo, margin, score: 1 / (1 + 10 ** (-elo / 400)), comparable: a.config === b.config };
}

function halfWidth({ low, high }: Ranked): number | null {
  return low === null || high === null ? null : (high - low) / 2;
}

/** Whether the interval leaves out zero. */
export function isClear({ elo, margin }: Difference): boolean {
  return margin !== null && Math.abs(elo) > margin;
}
