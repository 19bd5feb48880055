/** A health score below this is a poor one: it ends no report of trouble. */
export const GOOD_HEALTH = 0.5;

/**
 * The score from which a heartbeat says that a coordinator is well again: nearer to full health than to the score that
 * reported it ill. Reports name scores above GOOD_HEALTH too, and heartbeats in between waver around them.
 */
export function wellFrom(reported: number | null): number {
  return reported === null ? GOOD_HEALTH : Math.max(GOOD_HEALTH, (1 + reported) / 2);
}
