/** Elo that a score of `share` (0..1) is worth; ±Infinity for a share of 1 or 0. */
export function eloOfScore(share: number): number {
  return 400 * Math.log10(share / (1 - share));
}

/** Score to be expected of a player who is `difference` Elo stronger. */
export function scoreOfElo(difference: number): number {
  return 1 / (1 + 10 ** (-difference / 400));
}

/** JSON has no infinity, and none may reach a page: null stands for a bound that does not exist. */
export function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
