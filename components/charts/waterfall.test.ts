import { describe, expect, it } from 'vitest';
import { axisLabels, ticksOf } from './waterfall';

describe('the times on an axis of seconds', () => {
  it('stand in the middle of their marks, the first right of it', () => {
    expect(axisLabels(45).map(({ at, place }) => `${at} ${place}`)).toEqual([
      '0 start',
      '10 middle',
      '20 middle',
      '30 middle',
      '40 middle',
    ]);
  });

  it('leave out the one that the last would be written over', () => {
    const labels = axisLabels(71);
    expect(labels.map(({ at }) => at)).toEqual([0, 10, 20, 30, 40, 50, 70]);
    expect(labels.at(-1)).toEqual({ at: 70, place: 'end' });
  });

  it('keep all where marks are far apart', () => {
    expect(axisLabels(0.5).map(({ at }) => at)).toEqual([0]);
    expect(axisLabels(1).map(({ at }) => at)).toEqual([0, 1]);
    expect(axisLabels(1_850).map(({ at }) => at)).toEqual([0, 300, 600, 900, 1200, 1800]);
    expect(axisLabels(35 * 86_400).map(({ at }) => at / 86_400)).toEqual([0, 7, 14, 21, 28, 35]);
  });

  it('are enough to read a place between them, and not too many to read', () => {
    for (let length = 3; length < 28 * 86_400; length = Math.ceil(length * 1.01)) {
      const { length: marks } = ticksOf(length);
      expect(marks, `${length} s`).toBeGreaterThanOrEqual(4);
      expect(marks, `${length} s`).toBeLessThanOrEqual(9);
    }
  });
});
