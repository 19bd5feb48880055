import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DemoClock } from './clock';
import { createSimulation } from '../simulation/simulation';

const NOW = 1_766_700_000;

describe('DemoClock', () => {
  const clock = new DemoClock([{ virtual: NOW - 21_600, wall: NOW - 21_600, speed: 1 }]);
  clock.anchor({ virtual: NOW, wall: NOW, speed: 60 });

  it('leaves history alone and shortens what is to come', () => {
    expect(clock.wallOf(NOW - 3600)).toBe(NOW - 3600);
    expect(clock.wallOf(NOW + 3600)).toBe(NOW + 60);
    expect(clock.virtualOf(NOW + 60)).toBe(NOW + 3600);
  });

  it('is its own inverse and never runs backwards', () => {
    const times = fc.integer({ min: NOW - 20_000, max: NOW + 1_000_000 });
    fc.assert(
      fc.property(times, times, (a, b) => {
        expect(clock.virtualOf(clock.wallOf(a))).toBeCloseTo(a, 3);
        expect(clock.wallOf(Math.min(a, b))).toBeLessThanOrEqual(clock.wallOf(Math.max(a, b)));
      }),
    );
  });

  it('refuses to be anchored in its own past', () => {
    expect(() => clock.anchor({ virtual: NOW - 10, wall: NOW, speed: 1 })).toThrow(RangeError);
  });

  it('reaches every time that an event shows', () => {
    const simulation = createSimulation({ seed: 4, startAt: NOW - 21_600, clock: (t) => clock.wallOf(t) });
    let orphans = 0;
    for (const event of simulation.until(NOW + 40 * 3600)) {
      const { timestamp, last_heartbeat: beat } = event.payload;
      if (typeof timestamp === 'string')
        expect(Math.abs(Date.parse(timestamp) / 1000 - event.at)).toBeLessThan(6.1);
      if (typeof beat !== 'number' || event.at < NOW) continue;
      orphans += 1;
      expect(event.at - beat).toBeGreaterThan(0);
      expect(event.at - beat).toBeLessThan(60);
    }
    expect(orphans).toBeGreaterThan(0);
  });
});
