import type { States } from '../../../../domain/projections';
import type { MarkKind } from '../../../../domain/projections/elo';
import { thinOut } from '../downsample';
import { within } from '../input';
import { hypothesesOf, type EloInput } from './input';
import { judged } from './judged';
import { velocities } from './pace';
import { subjectNames, subjectOf, type Subject } from './subjects';

/** As many as there are colours. More lines nobody can tell apart. */
const MAX_CURVES = 8;
/** Points, evaluations, marks of one answer, each over all its curves: more cannot be told apart, and is sent often. */
const MAX_ITEMS = 1_000;

/** A point of a curve; `step`: epochs trained by the config for it. */
export type CurvePoint = { t: number; step: number; elo: number; id: string; model: string | null };

export type EloCurve = {
  config: string;
  points: CurvePoint[];
  /** From each point on, the champion's Elo; null: no champion, or one that was never rated. */
  champion: { t: number; step: number; elo: number | null; model: string | null; id: string | null }[];
  evaluations: (CurvePoint & {
    low: number | null;
    high: number | null;
    games: number | null;
    win_rate: number | null;
    los: number | null;
  })[];
  marks: {
    t: number;
    step: number;
    kind: MarkKind;
    model: string | null;
    amount: number | null;
    note: string | null;
    id: string;
  }[];
  /** Elo per hour over the last 12 h, at each rating. */
  velocity: [t: number, velocity: number][];
  /** The cluster's own figure. */
  reported: { t: number; velocity: number; id: string }[];
};

export type EloCharts = {
  curves: EloCurve[];
  /** Rated configs that match, drawn or not. */
  matching: number;
};

/** Curves of at most eight configs: those asked for, else the strongest. */
export function eloCharts(states: States, input: EloInput): EloCharts {
  const names = subjectNames(states, input);
  const drawn = new Set(
    [...names].sort((a, b) => ratingNow(states, b) - ratingNow(states, a)).slice(0, MAX_CURVES),
  );
  const subjects = names.filter((name) => drawn.has(name)).flatMap((name) => subjectOf(states, name) ?? []);
  const most = Math.floor(MAX_ITEMS / Math.max(1, subjects.length));
  return { curves: subjects.map((subject) => curveOf(subject, input, most)), matching: names.length };
}

function ratingNow({ elo }: States, config: string): number {
  return elo.configs.get(config)?.series.points.at(-1)?.elo ?? -Infinity;
}

function curveOf(subject: Subject, input: EloInput, most: number): EloCurve {
  const { config, elo, points, steps } = subject;
  const shown = neighbourhood(points, input);
  return {
    config,
    points: thinOut(
      shown,
      ({ t }) => t,
      (point) => point.elo,
      most,
    ).map((point) => ({
      t: point.t,
      step: steps.of(point.model, point),
      elo: point.elo,
      id: point.id,
      model: point.model,
    })),
    champion: championCurve(subject, input, most),
    evaluations: evaluationPoints(subject, input, most),
    marks: elo.marks
      .filter(({ t }) => within(t, input))
      .slice(-most)
      .map((mark) => ({
        t: mark.t,
        step: steps.of(mark.kind === 'rolled_back' ? null : mark.model, mark),
        kind: mark.kind,
        model: mark.model,
        amount: mark.amount,
        note: mark.note,
        id: mark.id,
      })),
    velocity: velocities(points, (point) => within(point.t, input), most),
    reported: elo.velocities
      .filter(({ t }) => within(t, input))
      .slice(-most)
      .map(({ t, velocity, id }) => ({ t, velocity, id })),
  };
}

/**
 * What lies within the stretch; of one picked on a chart also the neighbours, so that lines lead out of it, or across it
 * where it is shorter than from one rating to the next.
 */
function neighbourhood<T extends { t: number }>(points: readonly T[], input: EloInput): T[] {
  const { since, until } = input;
  if (since === null || until === null) return points.filter(({ t }) => within(t, input));
  const first = points.findIndex(({ t }) => t >= since);
  const last = points.findLastIndex(({ t }) => t <= until);
  const shown = points.slice(Math.max(0, (first < 0 ? points.length : first) - 1), last + 2);
  return shown.length > 1 || first === last ? shown : [];
}

function championCurve(
  { champions, points, steps }: Subject,
  input: EloInput,
  most: number,
): EloCurve['champion'] {
  const all = champions.map(({ t, s, model, elo, id, promoted }) => ({
    t,
    step: promoted ? steps.of(model, { t, s }) : steps.by({ t, s }),
    elo,
    model,
    id,
  }));
  const inside = all.filter(({ t }) => within(t, input)).slice(-most);
  const before = input.since === null ? undefined : all.findLast(({ t }) => t < (input.since ?? t));
  const start = before === undefined ? [] : [{ ...before, t: input.since ?? before.t }];
  // The champion holds until now, that is the last rating; or to the end of a stretch after which there are others.
  const line = [...start, ...inside];
  const { until } = input;
  const end = points.findLast(({ t }) => until === null || t <= until);
  const last = line.at(-1);
  const held = end === points.at(-1) ? end?.t : until;
  if (end !== undefined && held != null && last !== undefined && held > last.t) {
    line.push({ ...last, t: held, step: steps.of(end.model, end) });
  }
  return ascending(line);
}

/** Along the other axis nothing goes backwards either: a rollback happens at the step reached by then. */
function ascending(line: EloCurve['champion']): EloCurve['champion'] {
  let step = 0;
  return line.map((point) => {
    step = Math.max(step, point.step);
    return { ...point, step };
  });
}

function evaluationPoints(
  { elo: config, champions, steps }: Subject,
  input: EloInput,
  most: number,
): EloCurve['evaluations'] {
  const hypotheses = hypothesesOf(input);
  return config.evaluations
    .filter(({ t }) => within(t, input))
    .slice(-most)
    .flatMap((evaluation) => {
      const { elo, low, high, games, win_rate, los } = judged(evaluation, champions, hypotheses);
      if (elo === null) return [];
      const { t, id, model } = evaluation;
      return { t, step: steps.of(model, evaluation), elo, id, model, low, high, games, win_rate, los };
    });
}
