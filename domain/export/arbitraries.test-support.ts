import fc from 'fast-check';
import { ORIGINS, SEVERITIES, type WireEvent } from '../events/envelope';
import type { JsonObject } from '../json';
import { EXPORT_COLUMNS, type ExportRow } from './columns';

/** Texts that a spreadsheet, a CSV reader or a line reader may take for something else. */
export const hostileText = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        '=',
        '+',
        '-',
        '@',
        '\t',
        '\r',
        '\n',
        "'",
        '"',
        ',',
        '{',
        'a',
        '1',
        'é',
        '💥',
        '\u2028',
        '\0',
        '\u202e',
      ),
      { maxLength: 6 },
    )
    .map((signs) => signs.join('')),
);
const maybe = fc.option(hostileText);
const hex = fc.string({
  unit: fc.constantFrom('0', '1', '7', '9', 'a', 'c', 'f'),
  minLength: 64,
  maxLength: 64,
});
const payload = fc
  .dictionary(fc.oneof(hostileText, fc.constant('__proto__')), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
  // As it was read from JSON text: without what only JavaScript tells apart.
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);
const moment = fc.oneof(
  fc.integer({ min: 0, max: 2_000_000_000 }),
  fc.double({ min: 0, max: 2e9, noNaN: true }).map((value) => value + 0),
);

/** Any event that history may hold, well-formed text only: SQLite keeps nothing else. */
export const wireEvent: fc.Arbitrary<WireEvent> = fc.record({
  event_id: fc.uuid(),
  seq: fc.nat(),
  event_type: hostileText,
  wire_type: maybe,
  payload,
  source: hostileText,
  hostname: hostileText,
  origin: fc.constantFrom(...ORIGINS),
  timestamp: moment,
  received_at: moment,
  content_hash: hex,
  correlation_id: maybe,
  parent_event_id: maybe,
  duplicate_of: fc.option(fc.uuid()),
  queue_event_id: fc.option(fc.nat()),
  category: hostileText,
  severity: fc.constantFrom(...SEVERITIES),
  config: maybe,
  node: maybe,
  model: maybe,
  drift: fc.array(
    fc.record({
      path: hostileText,
      kind: fc.constantFrom('missing' as const, 'wrong_type' as const, 'unexpected' as const),
      message: hostileText,
    }),
    { maxLength: 2 },
  ),
});

/** The event as history hands it to a writer. */
export function rowOf(event: WireEvent): ExportRow {
  return EXPORT_COLUMNS.map(([name, kind]) =>
    kind === 'json' ? JSON.stringify(event[name]) : (event[name] as string | number | null),
  );
}
