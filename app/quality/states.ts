import type { Tone } from '@/components/ui/signs/tone';
import type { QualityEntity, QualityStateName } from '@/domain/projections/quality/entities';
import { QUALITY_STATES } from '@/domain/projections/quality/entities';

/** How each place in the loop looks, and what it means in words. */
export const STATE_LOOK: Readonly<Record<QualityStateName, { tone: Tone; label: string; says: string }>> = {
  unknown: { tone: 'off', label: 'Unknown', says: 'no event has told its quality yet' },
  good: { tone: 'ok', label: 'Good', says: 'at or above the threshold, no penalty left' },
  recovering: {
    tone: 'busy',
    label: 'Recovering',
    says: 'above the threshold again, penalty not lifted yet',
  },
  boosted: { tone: 'busy', label: 'Boosted', says: 'below the threshold; more exploration was asked for' },
  penalised: {
    tone: 'warn',
    label: 'Penalised',
    says: 'below the threshold; selfplay is slowed down for it',
  },
  degraded: {
    tone: 'bad',
    label: 'Degraded',
    says: 'below the threshold, and nothing was done about it yet',
  },
  blocked: { tone: 'crit', label: 'Blocked', says: 'its training is held back for quality' },
};

/** Worst first: by state, then by the room above the threshold. */
export function compareStanding(a: QualityEntity, b: QualityEntity): number {
  return rankOf(b) - rankOf(a) || marginOf(a) - marginOf(b) || 0;
}

export function rankOf({ state }: QualityEntity): number {
  return QUALITY_STATES.indexOf(state);
}

/** Average less threshold; infinite where there is no average. */
export function marginOf({ average, threshold }: QualityEntity): number {
  return average === null ? Infinity : average - threshold;
}

/** True while the newest word is that quality is too low. */
export function isBelow({ state }: QualityEntity): boolean {
  return state === 'degraded' || state === 'penalised' || state === 'boosted' || state === 'blocked';
}
