import { describe, expect, it } from 'vitest';
import { formatMoment } from './moment';

describe('the time of a row', () => {
  it('tells day, time and milliseconds of one and the same moment', () => {
    expect(formatMoment(1766700000, 'UTC', 1766700000)).toBe('12-25 22:00:00.000');
    expect(formatMoment(1766700000.0316, 'UTC', 1766700000)).toBe('12-25 22:00:00.032');
    expect(formatMoment(1766700000.9996, 'UTC', 1766700000)).toBe('12-25 22:00:01.000');
    expect(formatMoment(1766700000.5, 'Asia/Kolkata', 1766700000)).toBe('12-26 03:30:00.500');
  });

  it('tells the year of what is far from now', () => {
    expect(formatMoment(1766700000.5, 'UTC', 1_798_236_000)).toBe('2025-12-25 22:00:00');
  });

  it('survives times that no calendar has', () => {
    expect(formatMoment(1e300, 'UTC', 1766700000)).toBe('invalid time');
  });
});
