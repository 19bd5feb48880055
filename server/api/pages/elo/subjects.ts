import type { States } from '../../../../domain/projections';
import { isRated, type ConfigElo, type Evaluation } from '../../../../domain/projections/elo';
import { effectivePoints, type EloPoint } from '../../../../domain/projections/elo/series';
import type { Stamp } from '../../../../domain/projections/shared/order';
import { wants, within, type PageInput } from '../input';
import { championSteps, type ChampionStep } from './champions';
import { TrainingSteps } from './steps';

/** A config as every part of the page looks at it. */
export interface Subject {
  readonly config: string;
  readonly elo: ConfigElo;
  readonly points: readonly EloPoint[];
  readonly champions: readonly ChampionStep[];
  readonly steps: TrainingSteps;
  /** Its evaluated models over all time, the strongest first. */
  readonly candidates: readonly Candidate[];
}

/** A model with its last evaluation, and how many it had. */
export interface Candidate {
  readonly model: string;
  readonly evaluation: Evaluation;
  readonly times: number;
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** The rated configs that are asked for, by name. */
export function subjectNames({ elo }: States, input: PageInput): string[] {
  const names = [...elo.configs].filter(([name, config]) => wants(name, input) && isRated(config));
  return names.map(([name]) => name).sort(COLLATOR.compare);
}

/** What was worked out last for a config, and of what: three queries ask for it, every few seconds, for each browser. */
const worked = new WeakMap<ConfigElo, { of: string; subject: Subject }>();

export function subjectOf({ elo, models }: States, config: string): Subject | null {
  const state = elo.configs.get(config);
  if (state === undefined) return null;
  const line = models.configs.get(config)?.champions;
  const of = [state.series.points, line?.ops ?? [], state.runs, state.evaluations].map(ends).join(' ');
  const known = worked.get(state);
  if (known?.of === of) return known.subject;
  const points = effectivePoints(state.series.points);
  const subject: Subject = {
    config,
    elo: state,
    points,
    champions: championSteps(points, line),
    steps: new TrainingSteps(state),
    candidates: candidatesOf(state.evaluations, { configs: [], since: null, until: null }),
  };
  worked.set(state, { of, subject });
  return subject;
}

/** Changes with every item that is put in: a late one makes the list longer, at the limit it moves the first. */
function ends(list: readonly Stamp[]): string {
  return `${list.length} ${list[0]?.s ?? -1} ${list.at(-1)?.s ?? -1}`;
}

/** The models evaluated in a stretch, the strongest first. */
export function candidatesOf(evaluations: readonly Evaluation[], input: PageInput): Candidate[] {
  const last = new Map<string, Candidate>();
  for (const evaluation of evaluations) {
    const { model } = evaluation;
    if (model === null || !within(evaluation.t, input)) continue;
    last.set(model, { model, evaluation, times: (last.get(model)?.times ?? 0) + 1 });
  }
  return [...last.values()].sort((a, b) => byStrength(a.evaluation, b.evaluation));
}

/** The higher rating first; of equals the older one. */
export function byStrength(a: Evaluation, b: Evaluation): number {
  return (b.elo ?? -Infinity) - (a.elo ?? -Infinity) || a.t - b.t || a.s - b.s;
}
