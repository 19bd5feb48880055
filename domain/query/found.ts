import type { EventRow, StoredEvent } from '../events/envelope';
import { toRow } from '../events/row';
import { sayName, sayValue } from '../events/text/summarise';
import type { Json, JsonObject } from '../json';
import type { QueryNode } from './ast';
import { QueryMarks, wantedOf, type MarkedField, type PayloadMarks } from './marks';

/** More than this would push the row's own summary out of sight. */
const MOST_PLACES = 2;
/** Characters of a payload that are looked at: a server makes hundreds of rows a second. */
const MOST_TEXT = 8_192;
/** Characters left standing before the place in a text: a row gives half of a narrow column to it. */
const BEFORE = 8;

/**
 * How the events that a query found become rows: each says where in its payload something was found that the row does
 * not show anyway, so that nobody has to open it to see why it is there.
 */
export function rowWriter(node: QueryNode | undefined): (event: StoredEvent) => EventRow {
  const asked = node === undefined ? [] : [...wantedOf(node)].filter(({ kind }) => kind !== 'field');
  if (asked.length === 0) return toRow;
  const marks = asked.map((each) => new QueryMarks(each));
  return (event) => {
    const row = toRow(event);
    const found = placesIn(event.payload, row, marks);
    return found === '' ? row : { ...row, found };
  };
}

function placesIn(payload: JsonObject, row: EventRow, marks: readonly QueryMarks[]): string {
  const places = new Set<string>();
  for (const each of marks) {
    if (places.size === MOST_PLACES) break;
    if (shows(row, each)) continue;
    const place = placeIn(payload, each);
    if (place !== '' && !row.summary.includes(place)) places.add(place);
  }
  return [...places].join(' · ');
}

function shows(row: EventRow, marks: QueryMarks): boolean {
  const texts: readonly (readonly [MarkedField, string | null])[] = [
    ['type', row.event_type],
    ['config', row.config],
    ['node', row.node],
    ['summary', row.summary],
  ];
  return texts.some(([field, text]) => text !== null && marks.in(field, text).length > 0);
}

/** The first place, as the summary would say it; empty where the payload has none, e.g. for a word of the source. */
function placeIn(payload: JsonObject, marks: QueryMarks): string {
  const found = marks.inPayload(payload, MOST_TEXT);
  const path = firstOf(found);
  if (path === undefined) return '';
  const name = sayName(path.split('.').findLast((key) => !/^\d+$/.test(key)) ?? path);
  const value = sayAround(valueAt(payload, path), marks);
  return value === '' ? name : `${name} ${value}`;
}

function firstOf({ keys, values }: PayloadMarks): string | undefined {
  return [...values.keys(), ...keys.keys()][0];
}

/** A text from shortly before what was found in it. */
function sayAround(value: Json | undefined, marks: QueryMarks): string {
  if (typeof value !== 'string') return sayValue(value);
  const start = marks.in('summary', value)[0]?.start ?? 0;
  if (start <= BEFORE) return sayValue(value);
  return sayValue(`…${value.slice(start - BEFORE).replace(/^\p{Cs}/u, '')}`);
}

/** Keys may hold dots themselves, so each that the path could begin with is tried. */
function valueAt(value: Json, path: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value as JsonObject)) {
    if (path === key) return child;
    const below = path.startsWith(`${key}.`) ? valueAt(child, path.slice(key.length + 1)) : undefined;
    if (below !== undefined) return below;
  }
  return undefined;
}
