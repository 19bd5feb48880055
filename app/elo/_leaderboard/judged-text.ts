import { formatElo, formatPlural, NONE } from '@/components/ui/format';
import type { Tone } from '@/components/ui/signs/tone';
import type { Ranked } from '@/server/api/pages/elo/leaderboard';

type Sprt = NonNullable<Ranked['sprt']>;

export const VERDICTS: Readonly<Record<Sprt['verdict'], { name: string; tone: Tone }>> = {
  stronger: { name: 'stronger', tone: 'ok' },
  not_stronger: { name: 'not stronger', tone: 'warn' },
  undecided: { name: 'open', tone: 'off' },
};

/** 1997 to 2065; a side without a bound in words. */
export function intervalText({ low, high }: Pick<Ranked, 'low' | 'high'>): string {
  if (low === null && high === null) return NONE;
  if (high === null) return `at least ${formatElo(low, 0)}`;
  return low === null ? `at most ${formatElo(high, 0)}` : `${formatElo(low, 0)} to ${formatElo(high, 0)}`;
}

export function statusText(status: Ranked['status']): string | null {
  return status === null ? null : status.replaceAll('_', ' ');
}

/** The verdict in a sentence, with its bounds and, while open, how many games it would take at this rate. */
export function verdictTitle({ llr, lower, upper, verdict, bounded }: Sprt, games: number | null): string {
  const said = {
    stronger: 'H1 accepted: stronger than the champion by what was asked',
    not_stronger: 'H0 accepted: not stronger by what was asked',
    undecided: 'Not decided',
  }[verdict];
  const between = `log likelihood ratio ${llr.toFixed(2)}, decided at ${lower.toFixed(2)} and ${upper.toFixed(2)}`;
  const needed = gamesNeeded({ llr, lower, upper }, games);
  const more =
    verdict === 'undecided' && needed !== null
      ? `; at this rate about ${formatPlural(needed, 'game')} would decide`
      : '';
  const draws = bounded ? '; draws are not reported, so the ratio may only be further from zero' : '';
  return `${said}: ${between}${more}${draws}.`;
}

/** Games at which the ratio would cross a bound if it went on growing like this; null when that says nothing. */
export function gamesNeeded(
  { llr, lower, upper }: Pick<Sprt, 'llr' | 'lower' | 'upper'>,
  games: number | null,
): number | null {
  if (games === null || Math.abs(llr) < 0.01) return null;
  const needed = Math.ceil((games * (llr > 0 ? upper : lower)) / llr);
  return needed > 1e6 ? null : needed;
}
