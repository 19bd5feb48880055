import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ClockProvider, createClock } from '@/components/ui/time/clock';
import type { EloCurve } from '@/server/api/pages/elo/charts';
import type { Ranked } from '@/server/api/pages/elo/leaderboard';
import { differenceOf, isClear } from './_leaderboard/compare';
import { configColumns } from './_configs/config-columns';
import { curveMarkers, detailSeries, ratingSeries, signed } from './_curves/curves';
import { gamesNeeded, intervalText, verdictTitle } from './_leaderboard/judged-text';
import { projectionValue, ProjectionText } from './_configs/projection-text';
import { questionOf, withTarget } from './search-params';

const CURVE: EloCurve = {
  config: 'hex8_2p',
  points: [
    { t: 10, step: 30, elo: 1500, id: 'e1', model: 'hex8_2p_v1' },
    { t: 20, step: 20, elo: 1520, id: 'e2', model: 'hex8_2p_v2' },
  ],
  champion: [{ t: 10, step: 30, elo: 1500, model: 'hex8_2p_v1', id: 'p1' }],
  evaluations: [
    {
      t: 10,
      step: 30,
      elo: 1500,
      id: 'e1',
      model: null,
      low: 1480,
      high: null,
      games: 20,
      win_rate: 1,
      los: 0.9,
    },
    {
      t: 20,
      step: 20,
      elo: 1520,
      id: 'e2',
      model: null,
      low: null,
      high: null,
      games: null,
      win_rate: null,
      los: null,
    },
  ],
  marks: [
    { t: 10, step: 30, kind: 'promoted', model: 'hex8_2p_v1', amount: 12.34, note: null, id: 'p1' },
    {
      t: 20,
      step: 20,
      kind: 'rejected',
      model: 'hex8_2p_v2',
      amount: 1530,
      note: 'insufficient_elo_gain',
      id: 'r1',
    },
  ],
  velocity: [],
  reported: [],
};

describe('curves', () => {
  it('go along the axis that was chosen', () => {
    expect(ratingSeries(CURVE, 'time', 2).points).toEqual([
      [10, 1500],
      [20, 1520],
    ]);
    const trained = ratingSeries(CURVE, 'epochs', 2);
    expect(trained.points).toEqual([
      [20, 1520],
      [30, 1500],
    ]);
    expect(trained.events).toEqual(['e2', 'e1']);
  });

  it('have no error bar where nothing is known, and an open one where a side has no bound', () => {
    const [, , evaluations] = detailSeries(CURVE, 'time', 0);
    expect(evaluations?.bounds).toEqual([[1480, Infinity], null]);
    expect(evaluations?.notes).toEqual([
      'won 100.0 %, 20 games, stronger than the champion: 90.0 %',
      'no win rate, games unknown',
    ]);
  });

  it('are marked with what was decided', () => {
    expect(curveMarkers(CURVE, 'epochs').map(({ x, label, letter }) => [x, label, letter])).toEqual([
      [30, 'Promoted hex8_2p_v1, +12.3 Elo', 'P'],
      [20, 'Rejected hex8_2p_v2, needed 1530.0 Elo, insufficient elo gain', 'X'],
    ]);
  });

  it('tell signs, but none of zero', () => {
    expect([1.25, -3, 0.01, -0.01, null, NaN].map((value) => signed(value))).toEqual([
      ...['+1.3', '−3.0', '0.0', '0.0', '–', '–'],
    ]);
  });
});

describe('what the URL asks', () => {
  const input = { configs: [], since: null, until: null };
  const params = { axis: 'time' as const, models: [], elo0: 0, elo1: 30 };

  it('is kept within sense', () => {
    const target = ['hex8_2p:2000', 'a:b:-5.5', 'none', ':5', 'x:', 'x:1e9', 'x:NaN'];
    expect(questionOf(input, { ...params, target, elo1: 1e9, elo0: NaN })).toEqual({
      ...input,
      elo0: -1_000,
      elo1: 1_000,
      targets: [
        ['hex8_2p', 2000],
        ['a:b', -5.5],
      ],
    });
  });

  it('has one target per config', () => {
    expect(withTarget(['a:1', 'b:2'], 'a', 3)).toEqual(['b:2', 'a:3']);
    expect(withTarget(['a:1', 'b:2'], 'a', null)).toEqual(['b:2']);
  });
});

const MODEL: Ranked = {
  model: 'hex8_2p_v1',
  config: 'hex8_2p',
  status: 'champion',
  evaluated_at: 1,
  evaluations: 1,
  id: 'e',
  step: 1,
  val_loss: null,
  elo: 1600,
  low: 1570,
  high: 1630,
  win_rate: 0.5,
  games: 100,
  champion: null,
  champion_elo: null,
  head_to_head: false,
  los: null,
  sprt: null,
};

describe('two models', () => {
  it('differ with the intervals of both', () => {
    const difference = differenceOf(MODEL, { ...MODEL, elo: 1500, low: 1460, high: 1540 });
    expect(difference).toMatchObject({ elo: 100, margin: 50, comparable: true });
    expect(difference?.score).toBeCloseTo(0.64, 2);
    expect(difference !== null && isClear(difference)).toBe(true);
  });

  it('are not told apart without an interval, and not compared across configs', () => {
    const open = differenceOf(MODEL, { ...MODEL, elo: 1000, high: null });
    expect(open !== null && isClear(open)).toBe(false);
    expect(differenceOf(MODEL, { ...MODEL, config: 'hex8_3p' })?.comparable).toBe(false);
    expect(differenceOf(MODEL, { ...MODEL, elo: null })).toBeNull();
  });
});

describe('in words', () => {
  it('an interval may be open', () => {
    expect(intervalText({ low: 1, high: 2 })).toBe('1 to 2');
    expect(intervalText({ low: 1, high: null })).toBe('at least 1');
    expect(intervalText({ low: null, high: 2 })).toBe('at most 2');
    expect(intervalText({ low: null, high: null })).toBe('–');
  });

  it('an open test says how many games would decide it', () => {
    const sprt = { llr: 0.5, lower: -2.94, upper: 2.94, verdict: 'undecided' as const, bounded: true };
    expect(gamesNeeded(sprt, 100)).toBe(588);
    expect(gamesNeeded({ ...sprt, llr: 0 }, 100)).toBeNull();
    expect(verdictTitle(sprt, 100)).toContain('about 588 games would decide; draws are not reported');
  });

  it('projections sort by date, those out of reach behind all dates, the unknown last', () => {
    expect(projectionValue({ kind: 'reached', at: 5, id: 'e' })).toBe(5);
    expect(projectionValue({ kind: 'out_of_reach', velocity: -1 })).toBeGreaterThan(4e9);
    expect(projectionValue({ kind: 'unknown' })).toBeNull();
  });

  it('strength, pace and projection come before what a phone shows only when scrolled', () => {
    const ids = configColumns(() => undefined).map(({ id }) => id);
    expect(ids.slice(0, 4)).toEqual(['config', 'current', 'velocity', 'projection']);
  });

  it('a projection is never a moment that has passed', () => {
    const textAt = (now: number, latest: number | null): string => {
      const projection = { kind: 'ahead', at: 7_200, earliest: 3_600, latest, velocity: 1 } as const;
      const row = { projection, current: 1_987.7, target: 2_000 };
      const clock = createClock(now);
      return renderToStaticMarkup(
        createElement(ClockProvider, { clock, children: createElement(ProjectionText, { row }) }),
      ).replaceAll(/<[^>]*>/g, ' ');
    };
    expect(textAt(7_100, 10_800)).toMatch(/02:00 .*−1\.0 h, \+1\.0 h/);
    for (const [now, latest] of [
      [7_200, 10_800],
      [10_900, 10_800],
      [10_900, null],
    ] as const) {
      const said = textAt(now, latest);
      expect(said).toMatch(/12\.3 Elo below .*though the line is there/);
      expect(said).not.toMatch(/\d\d:\d\d/);
    }
  });
});
