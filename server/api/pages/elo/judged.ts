import type { Evaluation } from '../../../../domain/projections/elo';
import { championBefore, type ChampionStep } from './champions';
import { eloOfScore, finite } from './statistics/rating';
import { sprt, type Hypotheses, type Result, type Sprt } from './statistics/sprt';
import { likelihoodOfSuperiority } from './statistics/superiority';
import { wilson } from './statistics/wilson';

/** What an evaluation says about its model, and against whom. */
export type Judged = {
  elo: number | null;
  /** 95 % bounds of `elo`; null where there is none: no games, or every game won (or lost). */
  low: number | null;
  high: number | null;
  win_rate: number | null;
  games: number | null;
  /** The champion when it was evaluated. */
  champion: string | null;
  champion_elo: number | null;
  /** Its games were against that champion; otherwise the two ratings are compared. */
  head_to_head: boolean;
  /** Likelihood of superiority against that champion, 0..1. */
  los: number | null;
  sprt: Sprt | null;
};

/** The evaluation's score as a result; null when it says too little. Told wins and losses come before the win rate. */
export function resultOf(evaluation: Evaluation): Result | null {
  const { wins, losses, draws, winRate, games } = evaluation;
  if (wins !== null && losses !== null && wins + losses + (draws ?? 0) > 0) {
    const total = wins + losses + (draws ?? 0);
    // Without a word on draws, those games of the total that were neither won nor lost were drawn.
    const drawn = draws ?? Math.max(0, (games ?? total) - wins - losses);
    const all = wins + losses + drawn;
    return { score: (wins + drawn / 2) / all, games: all, draws: drawn };
  }
  return winRate !== null && games !== null && games > 0 ? { score: winRate, games, draws: null } : null;
}

/** The rating that the score is counted from: what was told, else what the score leads back to. */
function baseOf({ elo, delta }: Evaluation, result: Result | null): number | null {
  if (elo === null) return null;
  if (delta !== null) return finite(elo - delta);
  return result === null ? null : finite(elo - eloOfScore(result.score));
}

export function judged(
  evaluation: Evaluation,
  steps: readonly ChampionStep[],
  hypotheses: Hypotheses,
): Judged {
  const result = resultOf(evaluation);
  const base = baseOf(evaluation, result);
  const champion = championBefore(steps, evaluation);
  const headToHead = champion !== null && champion.model === evaluation.opponent;
  const offset = offsetOf(champion, base, headToHead);
  const compared = result !== null && offset !== null;
  return {
    elo: evaluation.elo,
    ...boundsOf(evaluation, result, base),
    win_rate: result === null ? evaluation.winRate : result.score,
    games: result === null ? evaluation.games : result.games,
    champion: champion?.model ?? null,
    champion_elo: champion?.elo ?? null,
    head_to_head: headToHead,
    los: compared ? finite(likelihoodOfSuperiority(result, offset)) : null,
    sprt: compared ? sprt(result, hypotheses, offset) : null,
  };
}

function boundsOf(
  { elo }: Evaluation,
  result: Result | null,
  base: number | null,
): { low: number | null; high: number | null } {
  const interval = result === null ? null : wilson(result.score, result.games);
  if (interval === null || base === null || elo === null) return { low: null, high: null };
  return { low: finite(base + eloOfScore(interval[0])), high: finite(base + eloOfScore(interval[1])) };
}

/** How much stronger the champion is than the one who was played against; null when nothing tells. */
function offsetOf(champion: ChampionStep | null, base: number | null, headToHead: boolean): number | null {
  if (champion === null) return null;
  if (headToHead) return 0;
  return champion.elo === null || base === null ? null : finite(champion.elo - base);
}
