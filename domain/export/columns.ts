import type { WireEvent } from '../events/envelope';

/** A cell as history holds it; JSON is still text, so that nobody has to read it only to write it again. */
export type ExportCell = string | number | null;
/** The cells of one event, in the order of {@link EXPORT_COLUMNS}. */
export type ExportRow = readonly ExportCell[];

/**
 * What a cell holds, if it is not null. `json`: JSON text. `id`: text that never needs an escape. `name`: a text that
 * recurs in many events. `text`: any other.
 */
export type CellKind = 'id' | 'name' | 'text' | 'number' | 'json';

/** What an export holds of an event: every field of its wire form, in this order. */
export const EXPORT_COLUMNS: readonly (readonly [name: keyof WireEvent, kind: CellKind])[] = [
  ['event_id', 'id'],
  ['seq', 'number'],
  ['event_type', 'name'],
  ['wire_type', 'name'],
  ['payload', 'json'],
  ['source', 'name'],
  ['hostname', 'name'],
  ['origin', 'name'],
  ['timestamp', 'number'],
  ['received_at', 'number'],
  ['content_hash', 'id'],
  ['correlation_id', 'text'],
  ['parent_event_id', 'text'],
  ['duplicate_of', 'id'],
  ['queue_event_id', 'number'],
  ['category', 'name'],
  ['severity', 'name'],
  ['config', 'name'],
  ['node', 'name'],
  ['model', 'name'],
  ['drift', 'json'],
];
