import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTypedTime, showTypedTime } from './typed-time';

const local = (...parts: [number, number, number, number?, number?, number?]): number =>
  new Date(parts[0], parts[1] - 1, parts[2], parts[3] ?? 0, parts[4] ?? 0, parts[5] ?? 0).getTime() / 1000;
const CLOCK = local(2025, 12, 27, 9, 59, 58);

describe('readTypedTime', () => {
  it.each([
    ['2025-12-26 08:30:05', local(2025, 12, 26, 8, 30, 5)],
    ['2025-12-26T08:30', local(2025, 12, 26, 8, 30)],
    ['2025-12-26', local(2025, 12, 26)],
    ['12-26 08:30', local(2025, 12, 26, 8, 30)],
    ['8:30', local(2025, 12, 27, 8, 30)],
    [' 23:59:59 ', local(2025, 12, 27, 23, 59, 59)],
    ['2h', CLOCK - 7_200],
    ['1.5 d', CLOCK - 129_600],
    ['1766829585', 1_766_829_585],
    ['', null],
  ])('reads %j', (text, at) => {
    expect(readTypedTime(text, CLOCK)).toEqual({ at });
  });

  it.each(['yesterday', '2025-02-30', '25:00', '12:60', '12', '2025-13-01', '1/2/2025', '-2h', '9e9'])(
    'says that %j is no time, and what is',
    (text) => {
      expect(readTypedTime(text, CLOCK)).toEqual({ mistake: expect.stringContaining('09:00') as string });
    },
  );

  it('reads back every moment that the field shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (at) => {
        const shown = showTypedTime(at);
        const back = readTypedTime(shown, CLOCK);
        // An hour that clocks show twice is read as one of the two.
        expect(showTypedTime('at' in back ? (back.at ?? undefined) : undefined)).toBe(shown);
      }),
    );
  });
});
