import type { EloPoint } from '../../../../domain/projections/elo/series';
import { applyOp, type ChampionLine, type Reign } from '../../../../domain/projections/models/champion';
import { compareStamps, type Stamp } from '../../../../domain/projections/shared/order';

/** From here on this model is champion (null: none) with this rating. */
export type ChampionStep = Stamp & {
  model: string | null;
  elo: number | null;
  /** What made it so: a promotion, a rollback, or a rating of the champion. */
  id: string | null;
  promoted: boolean;
};

/** The champion's Elo in steps: who it was, and every rating that it got while it was. */
export function championSteps(ratings: readonly EloPoint[], line: ChampionLine | undefined): ChampionStep[] {
  const known = new Map<string, number>();
  const steps: ChampionStep[] = [];
  const reigns: Reign[] = line?.base.map((reign) => ({ ...reign })) ?? [];
  let next = 0;
  const rateUntil = (until: Stamp | null): void => {
    for (; next < ratings.length; next += 1) {
      const rating = ratings[next];
      if (rating === undefined || (until !== null && compareStamps(rating, until) > 0)) return;
      if (rating.model !== null) known.set(rating.model, rating.elo);
      const champion = reigns.at(-1)?.model ?? null;
      if (champion !== null && champion === rating.model) {
        const { t, s, id, elo } = rating;
        steps.push({ t, s, model: champion, elo, id, promoted: false });
      }
    }
  };
  for (const op of line?.ops ?? []) {
    rateUntil(op);
    const before = reigns.at(-1)?.model ?? null;
    applyOp(reigns, op);
    const model = reigns.at(-1)?.model ?? null;
    if (model === before) continue;
    const elo = model === null ? null : (known.get(model) ?? null);
    const { t, s, event, kind } = op;
    steps.push({ t, s, model, elo, id: event.event_id, promoted: kind === 'promote' });
  }
  rateUntil(null);
  return steps;
}

/** The champion just before a moment; null when there was none. */
export function championBefore(steps: readonly ChampionStep[], moment: Stamp): ChampionStep | null {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const step = steps[middle];
    if (step !== undefined && compareStamps(step, moment) < 0) low = middle + 1;
    else high = middle;
  }
  const step = steps[low - 1];
  return step === undefined || step.model === null ? null : step;
}
