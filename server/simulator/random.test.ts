import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda } from './simulation/agenda';
import { Rng } from './random';

const draw = (rng: Rng, n: number): number[] => Array.from({ length: n }, () => rng.float());

describe('Rng', () => {
  it('repeats itself from a seed and from a saved state', () => {
    const rng = Rng.seeded('ring');
    expect(draw(Rng.seeded('ring'), 50)).toEqual(draw(rng, 50));
    expect(draw(new Rng(rng.state()), 50)).toEqual(draw(rng, 50));
    expect(draw(Rng.seeded(1), 5)).not.toEqual(draw(Rng.seeded(2), 5));
  });

  it('is evenly spread, with the mean and deviation asked for', () => {
    const rng = Rng.seeded(7);
    const tens = Array.from({ length: 10 }, () => 0);
    for (const value of draw(rng, 20_000)) tens[Math.floor(value * 10)]! += 1;
    for (const count of tens) expect(Math.abs(count - 2000)).toBeLessThan(200);
    const normal = Array.from({ length: 20_000 }, () => rng.gauss(5, 2));
    const mean = normal.reduce((a, b) => a + b) / normal.length;
    const deviation = Math.sqrt(normal.reduce((a, b) => a + (b - mean) ** 2, 0) / normal.length);
    expect(mean).toBeCloseTo(5, 1);
    expect(deviation).toBeCloseTo(2, 1);
  });
});

describe('Agenda', () => {
  it('hands out everything by time, ties in the order of asking', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 })),
        fc.array(fc.integer({ min: 0, max: 20 })),
        (saved, added) => {
          const item = (at: number, order: number) => ({ at, order, actor: 'a', kind: 'k', data: {} });
          const agenda = new Agenda(saved.map(item));
          added.forEach((at, i) => agenda.add(item(at, saved.length + i)));
          const taken = Array.from({ length: agenda.size }, () => agenda.take()!);
          expect(agenda.take()).toBeUndefined();
          expect(taken).toEqual([...taken].sort((a, b) => a.at - b.at || a.order - b.order));
          expect(taken.length).toBe(saved.length + added.length);
        },
      ),
    );
  });
});
