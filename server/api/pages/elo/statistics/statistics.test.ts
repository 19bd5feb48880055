import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalBelow, t95, Z95 } from './normal';
import { eloOfScore, scoreOfElo } from './rating';
import { sprt, sprtBounds } from './sprt';
import { likelihoodOfSuperiority } from './superiority';
import { wilson } from './wilson';

const HYPOTHESES = { elo0: 0, elo1: 30, alpha: 0.05, beta: 0.05 };

describe('Elo and scores', () => {
  it('has the figures of the Elo table', () => {
    expect(eloOfScore(0.5)).toBe(0);
    expect(eloOfScore(0.76)).toBeCloseTo(200.24, 2);
    expect(scoreOfElo(400)).toBeCloseTo(10 / 11, 12);
    expect(eloOfScore(1)).toBe(Infinity);
    expect(eloOfScore(0)).toBe(-Infinity);
  });

  it('goes there and back', () => {
    fc.assert(
      fc.property(fc.double({ min: -1_200, max: 1_200, noNaN: true }), (elo) => {
        expect(eloOfScore(scoreOfElo(elo))).toBeCloseTo(elo, 6);
      }),
    );
  });
});

describe('the normal and the t distribution', () => {
  it('has the figures of the tables', () => {
    expect(normalBelow(0)).toBeCloseTo(0.5, 6);
    expect(normalBelow(Z95)).toBeCloseTo(0.975, 6);
    expect(normalBelow(-1)).toBeCloseTo(0.158655, 5);
    expect(t95(5)).toBeCloseTo(2.571, 2);
    expect(t95(10)).toBeCloseTo(2.228, 3);
    expect(t95(30)).toBeCloseTo(2.042, 3);
  });
});

describe('Wilson’s interval', () => {
  /** R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3. */
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i', (wins, games, low, high) => {
    const interval = wilson(wins / games, games);
    expect(interval?.[0]).toBeCloseTo(low, 4);
    expect(interval?.[1]).toBeCloseTo(high, 4);
  });

  it('lies within 0..1, around the share, and narrows with games', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 1e6 }),
        (share, games) => {
          const [low, high] = wilson(share, games) ?? [NaN, NaN];
          const [more, less] = wilson(share, games * 4) ?? [NaN, NaN];
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(share + 1e-12);
          expect(high).toBeGreaterThanOrEqual(share - 1e-12);
          expect(less - more).toBeLessThan(high - low);
        },
      ),
    );
  });

  it('says nothing without games or of what is no share', () => {
    expect(wilson(0.5, 0)).toBeNull();
    expect(wilson(NaN, 10)).toBeNull();
    expect(wilson(1.2, 10)).toBeNull();
  });
});

describe('likelihood of superiority', () => {
  it('has the figures of its formula', () => {
    // Φ((10 − 5) ∕ √15) and Φ((120 − 80) ∕ √200).
    expect(likelihoodOfSuperiority({ score: 10 / 15, games: 15, draws: 0 })).toBeCloseTo(0.90165, 4);
    expect(likelihoodOfSuperiority({ score: 0.6, games: 200, draws: 0 })).toBeCloseTo(0.99766, 4);
  });

  it('counts only decided games when draws are told', () => {
    // 30 wins, 20 losses, 50 draws: Φ(10 ∕ √50).
    expect(likelihoodOfSuperiority({ score: 0.55, games: 100, draws: 50 })).toBeCloseTo(0.92135, 4);
    expect(likelihoodOfSuperiority({ score: 0.5, games: 10, draws: 10 })).toBeNull();
  });

  it('is one half when the score is what the rating of the champion makes even', () => {
    expect(likelihoodOfSuperiority({ score: scoreOfElo(70), games: 300, draws: null }, 70)).toBeCloseTo(
      0.5,
      6,
    );
  });
});

describe('the sequential test', () => {
  it('has Wald’s bounds', () => {
    const [lower, upper] = sprtBounds(HYPOTHESES);
    expect(upper).toBeCloseTo(Math.log(19), 10);
    expect(lower).toBeCloseTo(-Math.log(19), 10);
  });

  it('has the ratio of the binomial distribution', () => {
    // 60 wins and 40 losses; a score of 0.5 under H0 and of 0.543 under H1.
    const s1 = scoreOfElo(30);
    const ratio = 60 * Math.log(s1 / 0.5) + 40 * Math.log((1 - s1) / 0.5);
    expect(sprt({ score: 0.6, games: 100, draws: null }, HYPOTHESES)?.llr).toBeCloseTo(ratio, 10);
  });

  it('decides when there is enough to decide by', () => {
    expect(sprt({ score: 0.58, games: 1_000, draws: null }, HYPOTHESES)).toMatchObject({
      verdict: 'stronger',
      bounded: true,
    });
    expect(sprt({ score: 0.48, games: 2_000, draws: 0 }, HYPOTHESES)).toMatchObject({
      verdict: 'not_stronger',
      bounded: false,
    });
    expect(sprt({ score: 0.52, games: 100, draws: null }, HYPOTHESES)?.verdict).toBe('undecided');
    expect(sprt({ score: 0.5, games: 0, draws: null }, HYPOTHESES)).toBeNull();
  });

  it('leans the same way and no less far when draws are told', () => {
    const decisive = fc.double({ min: 0.55, max: 0.8, noNaN: true });
    fc.assert(
      fc.property(
        decisive,
        fc.integer({ min: 10, max: 5_000 }),
        fc.double({ min: 0.05, max: 0.3, noNaN: true }),
        (score, games, part) => {
          const without = sprt({ score, games, draws: null }, HYPOTHESES)?.llr ?? NaN;
          const withDraws = sprt({ score, games, draws: games * part }, HYPOTHESES)?.llr ?? NaN;
          expect(without).toBeGreaterThan(0);
          // The two formulas differ by the normal approximation: a few per cent.
          expect(withDraws).toBeGreaterThan(without * 0.95);
        },
      ),
    );
  });

  it('never brings NaN or infinity', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const elo = fc.double({ min: -1e308, max: 1e308, noNaN: true });
    fc.assert(
      fc.property(share, fc.nat(), fc.option(fc.nat()), elo, (score, games, draws, offset) => {
        const test = sprt({ score, games, draws }, HYPOTHESES, offset);
        const los = likelihoodOfSuperiority({ score, games, draws }, offset);
        for (const value of [test?.llr ?? 0, los ?? 0]) expect(Number.isFinite(value)).toBe(true);
      }),
    );
  });
});
