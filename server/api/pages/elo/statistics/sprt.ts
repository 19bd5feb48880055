import { scoreOfElo } from './rating';

/** The hypotheses of the test: at most `elo0` stronger, or at least `elo1`; and how often it may err. */
export interface Hypotheses {
  readonly elo0: number;
  readonly elo1: number;
  /** Share of models no stronger than elo0 that it may take for stronger. */
  readonly alpha: number;
  /** Share of models as strong as elo1 that it may miss. */
  readonly beta: number;
}

export type Verdict = 'stronger' | 'not_stronger' | 'undecided';

export type Sprt = {
  /** Log likelihood ratio of elo1 against elo0. */
  llr: number;
  lower: number;
  upper: number;
  verdict: Verdict;
  /**
   * Draws were not told, so none are counted. Each draw would make the games less noisy and the ratio larger in the same
   * direction: a verdict given holds, and "undecided" may be too cautious.
   */
  bounded: boolean;
};

/** A result of games against somebody. `draws` null: not known; then `score` × games counts as wins. */
export interface Result {
  readonly score: number;
  readonly games: number;
  readonly draws: number | null;
}

/** Wald's bounds: above `upper` elo1 is accepted, below `lower` elo0. */
export function sprtBounds({ alpha, beta }: Hypotheses): readonly [lower: number, upper: number] {
  return [Math.log(beta / (1 - alpha)), Math.log((1 - beta) / alpha)];
}

/**
 * Sequential probability ratio test of a finished evaluation. `offset` is how much stronger the champion is than the one
 * who was played against (0 when it was the champion itself). Null without games.
 */
export function sprt(result: Result, hypotheses: Hypotheses, offset = 0): Sprt | null {
  const { score, games } = result;
  if (!(games > 0) || !(score >= 0 && score <= 1)) return null;
  const s0 = scoreOfElo(hypotheses.elo0 + offset);
  const s1 = scoreOfElo(hypotheses.elo1 + offset);
  if (!(s0 > 0 && s0 < 1 && s1 > 0 && s1 < 1)) return null;
  const ratio = ratioWithDraws(result, s0, s1) ?? ratioWithoutDraws(score, games, s0, s1);
  if (!Number.isFinite(ratio)) return null;
  // -0 would be shown with its sign.
  const llr = ratio || 0;
  const [lower, upper] = sprtBounds(hypotheses);
  const verdict = llr >= upper ? 'stronger' : llr <= lower ? 'not_stronger' : 'undecided';
  return { llr, lower, upper, verdict, bounded: result.draws === null };
}

function ratioWithoutDraws(score: number, games: number, s0: number, s1: number): number {
  return games * (score * Math.log(s1 / s0) + (1 - score) * Math.log((1 - s1) / (1 - s0)));
}

/** The normal approximation with the variance of wins, draws and losses; null where it has none. */
function ratioWithDraws({ score, games, draws }: Result, s0: number, s1: number): number | null {
  if (draws === null || draws === 0) return null;
  const drawn = Math.min(draws / games, 2 * Math.min(score, 1 - score));
  const variance = score * (1 - score) - drawn / 4;
  if (variance <= 1e-12) return null;
  return (games * (s1 - s0) * (2 * score - s0 - s1)) / (2 * variance);
}
