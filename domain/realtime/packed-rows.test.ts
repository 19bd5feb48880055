import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ORIGINS, SEVERITIES, type EventRow } from '../events/envelope';
import { packRows, unpackRows } from './packed-rows';

const time = fc.double({ min: 0, max: 4e9, noNaN: true });
const name = fc.oneof(fc.constantFrom('gh200-a', '__proto__', 'null', ''), fc.string());
const nullable = fc.option(name);
const row: fc.Arbitrary<EventRow> = fc
  .record({
    seq: fc.nat(1e9),
    event_id: fc.uuid(),
    event_type: name,
    category: name,
    severity: fc.constantFrom(...SEVERITIES),
    source: name,
    origin: fc.constantFrom(...ORIGINS),
    node: nullable,
    config: nullable,
    model: nullable,
    timestamp: time,
    received_at: time,
    duplicate: fc.boolean(),
    drift: fc.nat(9),
    summary: name,
    found: fc.option(name, { nil: undefined }),
  })
  .map(({ found, ...rest }) => (found === undefined ? rest : { ...rest, found }));

it('what is packed and sent comes out again', () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const sent = JSON.stringify(packRows(rows));
      expect(unpackRows(JSON.parse(sent) as ReturnType<typeof packRows>)).toEqual(
        JSON.parse(JSON.stringify(rows)),
      );
    }),
  );
});
