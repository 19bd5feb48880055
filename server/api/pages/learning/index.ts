import type { Change, LearningState, Milestone } from '../../../../domain/projections/learning';
import type { States } from '../../../../domain/projections';
import { services } from '../../../services';
import { procedure, router } from '../../trpc/trpc';
import { byName } from '../../../../domain/text/order';
import { thinOut } from '../downsample';
import { pageInput, wants, within, type PageInput } from '../input';

/** Weight of one config over time; `seqs` name the event behind each point. */
export type WeightSeries = { config: string; points: [t: number, weight: number][]; seqs: number[] };

/** Optimisation and curriculum over a stretch of time. */
export type LearningRecord = {
  weights: WeightSeries[];
  /** Configs that have weights in all; only so many curves are drawn. */
  weighted_configs: number;
  /** Newest first, at most 300 of `changes_total`. */
  changes: Change[];
  changes_total: number;
  /** Newest first, at most 300 of `milestones_total`. */
  milestones: Milestone[];
  milestones_total: number;
};

/** More curves than this cannot be told apart. */
const MAX_CURVES = 8;
const MAX_CURVE_POINTS = 300;
const MAX_ROWS = 300;

export function learningRecord({ learning }: States, input: PageInput): LearningRecord {
  const weighted = weightedConfigs(learning, input);
  const recent = <T extends { t: number; config: string | null }>(list: readonly T[]): T[] =>
    list.filter((each) => within(each.t, input) && wants(each.config, input)).reverse();
  const changes = recent(learning.changes);
  const milestones = recent(learning.milestones);
  return {
    weights: weighted.slice(0, MAX_CURVES).map((config) => weightSeries(learning, config, input)),
    weighted_configs: weighted.length,
    changes: changes.slice(0, MAX_ROWS),
    changes_total: changes.length,
    milestones: milestones.slice(0, MAX_ROWS),
    milestones_total: milestones.length,
  };
}

function weightedConfigs(learning: LearningState, input: PageInput): string[] {
  const names = [...learning.configs].filter(
    ([config, { weights }]) => wants(config, input) && weights.some(({ t }) => within(t, input)),
  );
  return names.map(([config]) => config).sort(byName);
}

/** Begins with the weight that was in force when the stretch did. */
function weightSeries(learning: LearningState, config: string, input: PageInput): WeightSeries {
  const all = learning.configs.get(config)?.weights ?? [];
  const before = all.findLast(({ t }) => input.since !== null && t < input.since);
  const shown = all.filter(({ t }) => within(t, input));
  if (before !== undefined && input.since !== null) shown.unshift({ ...before, t: input.since });
  const kept = thinOut(
    shown,
    ({ t }) => t,
    ({ weight }) => weight,
    MAX_CURVE_POINTS,
  );
  return { config, points: kept.map(({ t, weight }) => [t, weight]), seqs: kept.map(({ s }) => s) };
}

/** What the panels about optimisation and curriculum ask for beyond their live topics. */
export const learningProcedures = router({
  record: procedure.input(pageInput).query(({ input }) => learningRecord(services().live.states(), input)),
});
