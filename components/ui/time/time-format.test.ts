import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTime, formatUtc, isShowable } from './time-format';

const NOON = Date.UTC(2026, 0, 31, 12, 5, 9) / 1000;

describe('formatTime', () => {
  it('is told in the zone asked for, 24-hour, midnight as 00', () => {
    expect(formatTime(NOON, 'datetime', 'UTC', NOON)).toBe('2026-01-31 12:05:09');
    expect(formatTime(NOON, 'time', 'Asia/Tokyo', NOON)).toBe('21:05:09');
    expect(formatTime(NOON + 12 * 3600, 'time', 'UTC', NOON)).toBe('00:05:09');
    expect(formatTime(NOON, 'date', 'Pacific/Auckland', NOON)).toBe('2026-02-01');
  });

  it('drops the date on the same day only', () => {
    expect(formatTime(NOON, 'auto', 'UTC', NOON + 3_600)).toBe('12:05:09');
    expect(formatTime(NOON, 'auto', 'UTC', NOON + 13 * 3_600)).toBe('01-31 12:05:09');
    expect(formatTime(NOON, 'auto', 'UTC', NOON + 31 * 86_400)).toBe('01-31 12:05:09');
  });

  it('tells the year where day and month alone could be those of another one', () => {
    for (const away of [-301, 301]) {
      expect(formatTime(NOON, 'auto', 'UTC', NOON + away * 86_400)).toBe('2026-01-31 12:05');
      expect(formatTime(NOON, 'minute', 'UTC', NOON + away * 86_400)).toBe('2026-01-31 12:05');
    }
    expect(formatTime(NOON, 'auto', 'UTC', NOON + 299 * 86_400)).toBe('01-31 12:05:09');
  });
});

it('keeps milliseconds in UTC', () => {
  expect(formatUtc(NOON + 0.25)).toBe('2026-01-31 12:05:09.250 UTC');
});

it('never throws, whatever time a payload claims', () => {
  fc.assert(
    fc.property(fc.double(), fc.double({ noNaN: true, min: 0, max: 4e9 }), (at, now) => {
      const shown = [formatTime(at, 'auto', 'UTC', now), formatUtc(at)];
      expect(shown.every((text) => isShowable(at) !== (text === 'invalid time'))).toBe(true);
    }),
  );
});
