import { normalBelow } from './normal';
import { scoreOfElo } from './rating';
import type { Result } from './sprt';

/**
 * Likelihood of superiority: the probability that the one who scored this is stronger than the champion, with nothing
 * known beforehand. Against the champion itself it is Φ((wins − losses) / √(wins + losses)). `offset`: how much stronger
 * the champion is than the one who was played against. Without known draws none are counted, which draws it towards one
 * half. Null without games, or when every game was drawn.
 */
export function likelihoodOfSuperiority({ score, games, draws }: Result, offset = 0): number | null {
  const decided = games - Math.min(draws ?? 0, games);
  if (!(decided > 0) || !(score >= 0 && score <= 1)) return null;
  const even = scoreOfElo(offset);
  const spread = Math.sqrt(even * (1 - even) * decided);
  if (!(spread > 0)) return null;
  return normalBelow(((score - even) * games) / spread);
}
