import type { ChartMarker, ChartSeries } from '@/components/charts/types';
import { formatFixed, formatPlural, formatSuperiority, formatWinRate } from '@/components/ui/format';
import type { Tone } from '@/components/ui/signs/tone';
import type { EloCurve } from '@/server/api/pages/elo/charts';
import type { Axis } from '../search-params';

type Place = { t: number; step: number };

const placeOn = (axis: Axis) => (axis === 'time' ? ({ t }: Place) => t : ({ step }: Place) => step);

/** In the order of the axis: evaluations need not finish in the order of the trainings. */
function along<T extends Place>(points: readonly T[], axis: Axis): readonly T[] {
  return axis === 'time' ? points : [...points].sort((a, b) => a.step - b.step || a.t - b.t);
}

/** One line per config, in the config's own colour. */
export function ratingSeries({ config, points }: EloCurve, axis: Axis, colour: number): ChartSeries {
  const x = placeOn(axis);
  const drawn = along(points, axis);
  return {
    id: config,
    name: config,
    kind: 'line',
    colour,
    points: drawn.map((point) => [x(point), point.elo]),
    events: drawn.map(({ id }) => id),
    notes: drawn.map(({ model }) => model),
  };
}

/** What one config's chart shows: its ratings, the champion's in steps, and evaluations with their intervals. */
export function detailSeries(curve: EloCurve, axis: Axis, colour: number): ChartSeries[] {
  const x = placeOn(axis);
  const evaluations = along(curve.evaluations, axis);
  return [
    {
      id: 'champion',
      name: 'Champion',
      kind: 'step',
      // Green means well, and is a colour of configs too.
      tone: 'off',
      points: curve.champion.map((point) => [x(point), point.elo]),
      events: curve.champion.map(({ id }) => id),
      notes: curve.champion.map(({ model }) => model),
    },
    { ...ratingSeries(curve, axis, colour), id: 'rating', name: 'Rating' },
    {
      id: 'evaluation',
      name: 'Evaluation, 95 %',
      kind: 'points',
      colour,
      points: evaluations.map((point) => [x(point), point.elo]),
      bounds: evaluations.map(({ low, high, games }) =>
        games === null || (low === null && high === null) ? null : [low ?? -Infinity, high ?? Infinity],
      ),
      events: evaluations.map(({ id }) => id),
      notes: evaluations.map(evaluationNote),
    },
  ];
}

function evaluationNote({ games, win_rate: share, los }: EloCurve['evaluations'][number]): string {
  const parts = [
    share === null ? 'no win rate' : `won ${formatWinRate(share)}`,
    games === null ? 'games unknown' : formatPlural(games, 'game'),
    ...(los === null ? [] : [`stronger than the champion: ${formatSuperiority(los)}`]),
  ];
  return parts.join(', ');
}

type Kind = EloCurve['marks'][number]['kind'];

/** How each kind of mark looks and what it is called; the letter stands in the mark. */
export const MARKS: Readonly<Record<Kind, { letter: string; tone: Tone; name: string }>> = {
  promoted: { letter: 'P', tone: 'ok', name: 'promoted' },
  rejected: { letter: 'X', tone: 'off', name: 'rejected' },
  rolled_back: { letter: 'B', tone: 'bad', name: 'rolled back' },
  regression: { letter: 'R', tone: 'warn', name: 'regression' },
  plateau: { letter: 'L', tone: 'info', name: 'plateau' },
};

const EVENT_TYPE: Readonly<Record<Kind, string>> = {
  promoted: 'MODEL_PROMOTED',
  rejected: 'PROMOTION_REJECTED',
  rolled_back: 'PROMOTION_ROLLED_BACK',
  regression: 'REGRESSION_DETECTED',
  plateau: 'PLATEAU_DETECTED',
};

export function curveMarkers({ config, marks }: EloCurve, axis: Axis): ChartMarker[] {
  const x = placeOn(axis);
  return marks.map((mark) => ({
    x: x(mark),
    label: markLabel(mark),
    letter: MARKS[mark.kind].letter,
    tone: MARKS[mark.kind].tone,
    event: {
      event_id: mark.id,
      seq: 0,
      event_type: EVENT_TYPE[mark.kind],
      timestamp: mark.t,
      config,
      node: null,
    },
  }));
}

function markLabel({ kind, model, amount, note }: EloCurve['marks'][number]): string {
  const who = model ?? '';
  const figure = amount === null ? null : formatFixed(amount);
  const about = note === null ? '' : `, ${note.replaceAll('_', ' ')}`;
  switch (kind) {
    case 'promoted':
      return `Promoted ${who}${figure === null ? '' : `, ${signed(amount)} Elo`}`;
    case 'rejected':
      return `Rejected ${who}${figure === null ? '' : `, needed ${figure} Elo`}${about}`;
    case 'rolled_back':
      return `Rolled back ${who}${note === null ? '' : ` to ${note}`}`;
    case 'regression':
      return `Regression ${who}${figure === null ? '' : `, lost ${figure} Elo`}${about}`;
    case 'plateau':
      return `Plateau${figure === null ? '' : `, ${figure} Elo below the best`}${about}`;
  }
}

/** +12.3 or −4.0 */
export function signed(value: number | null, digits = 1): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`;
}

export function velocitySeries({ config, velocity }: EloCurve, colour: number): ChartSeries {
  return { id: config, name: config, kind: 'line', colour, points: velocity };
}

export function reportedSeries({ reported }: EloCurve): ChartSeries {
  return {
    id: 'reported',
    name: 'ELO_VELOCITY_CHANGED',
    kind: 'points',
    tone: 'off',
    points: reported.map(({ t, velocity }) => [t, velocity]),
    events: reported.map(({ id }) => id),
  };
}
