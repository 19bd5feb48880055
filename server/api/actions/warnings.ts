import type { WarningCode } from '../../../domain/actions';
import type { States } from '../../../domain/projections';
import type { Side } from './sides';

/** What must not be overlooked; `text` is for the operator. */
export type Warning = { code: WarningCode; text: string };

const LEAST_GAMES = 100;
const DAY = 86_400;

/** What speaks for a second look before this model becomes champion. `now`: epoch seconds. */
export function warningsOf(states: States, coming: Side, going: Side | null, now: number): Warning[] {
  const warnings: Warning[] = [];
  const warn = (code: WarningCode, text: string): void => void warnings.push({ code, text });
  if (coming.status === 'corrupted')
    warn('corrupted', 'Its file is reported corrupted, and nothing said since that it was restored.');
  if (coming.hold !== null)
    warn(
      'held',
      `It is held: ${coming.hold.by} rolled it back (${coming.hold.reason ?? 'no reason given'}).`,
    );
  if (coming.evaluated_at === null)
    warn('not_evaluated', 'It was never evaluated: nothing says how strong it is.');
  else if (coming.games === null || coming.games < LEAST_GAMES)
    warn(
      'few_games',
      coming.games === null
        ? 'Its evaluation does not say how many games were played.'
        : `Its evaluation has only ${coming.games} ${coming.games === 1 ? 'game' : 'games'}; below ${LEAST_GAMES} its Elo says little.`,
    );
  if (coming.elo !== null && going?.elo != null && coming.elo < going.elo)
    warn('lower_elo', `Its Elo is ${(going.elo - coming.elo).toFixed(1)} below that of ${going.model_id}.`);
  if (coming.evaluated_at !== null && now - coming.evaluated_at > DAY)
    warn('old_evaluation', 'Its evaluation is older than a day.');
  for (const { target, late } of recoveriesOf(states))
    if (late)
      warn('recovery_overdue', `A recovery of ${target} has begun and is overdue: its end may be lost.`);
  return warnings.filter(({ code }, index) => warnings.findIndex((each) => each.code === code) === index);
}

/** Recoveries that have begun and not ended. */
export function recoveriesOf(states: States): { target: string; late: boolean }[] {
  const hop = states.problems.lifecycle.hops.get('recovery.run');
  return [...(hop?.open ?? [])].map(([target, { late }]) => ({ target, late }));
}

/** A champion is not changed while the cluster recovers from something; null when it does not. */
export function recoveryRefusal(states: States): string | null {
  const running = recoveriesOf(states).find(({ late }) => !late);
  if (running === undefined) return null;
  return `A recovery of ${running.target} is running: wait until it has ended.`;
}
