import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SEVERITIES, type EventDot } from '../events/envelope';
import { packDots, unpackDots } from './packed-dots';

const dot: fc.Arbitrary<EventDot> = fc.tuple(
  fc.nat(1e9),
  fc.nat(4e12).map((ms) => ms / 1000),
  fc.oneof(fc.constantFrom('MODEL_PROMOTED', 'ELO_UPDATED', '__proto__'), fc.string()),
  fc.constantFrom(...SEVERITIES),
);

it('what is packed comes out again, to the millisecond', () => {
  fc.assert(
    fc.property(fc.array(dot), (dots) => {
      expect(unpackDots(packDots(dots))).toEqual(dots);
    }),
  );
});
