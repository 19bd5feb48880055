import type { QueryField, Span } from './ast';
import { placeAt, type Place } from './complete-place';
import { fieldValueText, printValue } from './print';
import { CHOICES } from './values';

/** A value that occurs, with its number of events where that is known. */
export type KnownValue = readonly [value: string, count: number | null];

/** A key of payloads: what it holds, and the types of event that have it. */
export interface KnownKey {
  readonly key: string;
  readonly holds: 'number' | 'text' | 'bool' | 'other';
  readonly types: readonly string[];
}

/** Values that a payload field was seen to hold, the commonest first. */
export interface KnownPayload {
  /** As it stands behind `payload.`, deeper ones with dots. */
  readonly key: string;
  readonly values: readonly (readonly [value: string | number | boolean | null, count: number])[];
}

/** What a query box may propose, each list with the likeliest first. */
export interface Known {
  readonly values: { readonly [F in QueryField]?: readonly KnownValue[] };
  readonly keys: readonly KnownKey[];
  /** Of the payload field under the caret; null while none is known. */
  readonly payload: KnownPayload | null;
  /** Queries asked before, the newest first. */
  readonly recent: readonly string[];
  /** Event time of the newest event, epoch seconds; null before the first. */
  readonly clock: number | null;
}

/** One proposal: `insert` takes the place of what stands from `start` to `end`. */
export interface Completion extends Span {
  readonly kind: 'field' | 'key' | 'value' | 'time' | 'recent';
  readonly label: string;
  /** What it means, in a few words. */
  readonly note: string | null;
  readonly count: number | null;
  readonly insert: string;
}

const MOST = 40;
/** Proposals per field while only a bare word is written. */
const FEW = 3;
const RECENT_SHOWN = 6;

const FIELD_NOTES: readonly (readonly [insert: string, note: string])[] = [
  ['type:', 'type of event'],
  ['node:', 'machine it is about'],
  ['config:', 'board and players'],
  ['model:', 'model it is about'],
  ['source:', 'component that sent it'],
  ['severity:', 'how loud it is'],
  ['category:', 'part of the pipeline'],
  ['payload.', 'a field of the payload'],
  ['after:', 'at that time or later'],
  ['before:', 'earlier than that time'],
  ['origin:', 'bus it came through'],
  ['since:', 'at that time or later'],
  ['until:', 'up to that time'],
  ['id:', 'event id'],
];
const LOOKED_THROUGH = ['type', 'node', 'config', 'model', 'source', 'category'] as const;

const SPANS = [
  ['15m', '15 minutes ago'],
  ['1h', 'an hour ago'],
  ['2h', '2 hours ago'],
  ['6h', '6 hours ago'],
  ['1d', 'a day ago'],
  ['7d', 'a week ago'],
  ['30d', '30 days ago'],
] as const;

/** What may stand at the caret, the likeliest first. Nothing that would leave the text as it is. */
export function complete(text: string, caret: number, known: Known): Completion[] {
  const place = placeAt(text, caret);
  if (place === null) return [];
  const all = proposals(text, place, known);
  return all.filter(({ insert, start, end }) => text.slice(start, end) !== insert).slice(0, MOST);
}

/** The text with a proposal taken, and where the caret stands then: behind it, ready for what comes next. */
export function accept(text: string, completion: Completion): { text: string; caret: number } {
  const { start, end, insert, kind } = completion;
  const rest = text.slice(end);
  const goesOn = kind === 'field' || kind === 'key' || kind === 'recent';
  const blank = goesOn || /^[\s),]/u.test(rest) ? '' : ' ';
  const before = text.slice(0, start) + insert + blank;
  return { text: before + rest, caret: before.length };
}

function proposals(text: string, place: Place, known: Known): Completion[] {
  switch (place.kind) {
    case 'word':
      return forWord(text, place, known);
    case 'name':
      return fieldsFor(place).filter(({ insert }) => insert !== 'payload.');
    case 'value':
      return ranked(valuesOf(place.field, known), place.written, ([value]) => value).map((value) =>
        valueAt(place, value),
      );
    case 'time':
      return ranked(timesOf(known.clock), place.written, ([value]) => value).map(([insert, note]) => ({
        ...at(place, 'time', insert),
        note,
      }));
    case 'payload': {
      const values = payloadValues(place.key, known).filter(
        ([value]) => !place.ordered || typeof value === 'number',
      );
      return ranked(values, place.written, ([value]) => String(value)).map(([value, count]) => ({
        ...at(place, 'value', printValue(value)),
        label: String(value),
        count,
      }));
    }
  }
}

function forWord(text: string, place: Place, known: Known): Completion[] {
  const { written } = place;
  if (/^(OR|AND|NOT)$/.test(written)) return [];
  if (written.startsWith('payload.')) return keysFor(text, place, known.keys);
  const fields = fieldsFor(place);
  const recent = recentFor(text, known.recent);
  if (written === '') return [...recent, ...fields];
  const values = LOOKED_THROUGH.flatMap((field) => {
    if (written.length < 2) return [];
    const near = ranked(valuesOf(field, known), written, ([value]) => value, 1);
    return near.slice(0, FEW).map((value) => valueAt(place, value, `${field}:`));
  });
  return [...fields, ...values, ...recent];
}

function fieldsFor(place: Place): Completion[] {
  const written = place.written.toLowerCase();
  return FIELD_NOTES.filter(([insert]) => insert.startsWith(written)).map(([insert, note]) => ({
    ...at(place, 'field', insert),
    note,
  }));
}

/** Whole queries asked before: all of them for an empty box, else those that go on from what is written. */
function recentFor(text: string, recent: readonly string[]): Completion[] {
  const written = text.trim().toLowerCase();
  return recent
    .filter((each) => each.toLowerCase().includes(written) && each !== text.trim())
    .slice(0, RECENT_SHOWN)
    .map((each) => ({ ...at({ start: 0, end: text.length }, 'recent', each), note: 'asked before' }));
}

const WRITABLE = /^[^\s()":<>=!,.]+$/u;

/** Keys of the types that the query names, where it names any that are known; else of all. */
function keysFor(text: string, place: Place, keys: readonly KnownKey[]): Completion[] {
  const named = new Set(
    [...text.matchAll(/(?:^|[\s(])type:([^\s()]+)/gu)].flatMap(([, values = '']) =>
      values.toUpperCase().replaceAll('"', '').split(','),
    ),
  );
  const writable = keys.filter(({ key }) => WRITABLE.test(key));
  const fitting = writable.filter(({ types }) => types.some((type) => named.has(type)));
  const offered = fitting.length > 0 ? fitting : writable;
  return ranked(offered, place.written.slice('payload.'.length), ({ key }) => key).map(
    ({ key, holds, types }) => ({
      ...at(place, 'key', `payload.${key}${holds === 'number' ? '>' : ':'}`),
      label: `payload.${key}`,
      note: types.length === 1 ? `${holds}, ${types[0] ?? ''}` : `${holds}, in ${types.length} types`,
    }),
  );
}

function payloadValues(
  key: string,
  { payload, keys }: Known,
): readonly (readonly [string | number | boolean | null, number | null])[] {
  if (payload?.key === key && payload.values.length > 0) return payload.values;
  const holds = keys.find((each) => each.key === key)?.holds;
  return holds === 'bool'
    ? [
        [true, null],
        [false, null],
      ]
    : [];
}

/** The payload field of which a value is written at the caret; null elsewhere. */
export function payloadKeyAt(text: string, caret: number): string | null {
  const place = placeAt(text, caret);
  return place?.kind === 'payload' && !place.key.split('.').includes('') ? place.key : null;
}

function valuesOf(field: QueryField, known: Known): readonly KnownValue[] {
  const seen = known.values[field] ?? [];
  const fixed = fixedValues(field);
  if (fixed === undefined) return seen;
  const counts = new Map(seen);
  return fixed.map((value) => [value, counts.get(value) ?? null]);
}

/** In the order in which they are offered: what is severe first. */
function fixedValues(field: QueryField): readonly string[] | undefined {
  return field === 'severity' ? CHOICES.severity?.toReversed() : CHOICES[field];
}

/** Spans before now, and the days of the newest event: in a recording nothing happened "an hour ago". */
function timesOf(clock: number | null): readonly (readonly [insert: string, note: string])[] {
  if (clock === null) return SPANS;
  const day = (ago: number): string => new Date((clock - ago * 86_400) * 1000).toISOString().slice(0, 10);
  return [...SPANS, [day(0), 'day of the newest event, UTC'], [day(1), 'the day before it, UTC']];
}

function valueAt(place: Span, [value, count]: KnownValue, before = ''): Completion {
  return { ...at(place, 'value', before + fieldValueText(value)), label: before + value, count };
}

function at({ start, end }: Span, kind: Completion['kind'], insert: string): Completion {
  return { start, end, kind, insert, label: insert, note: null, count: null };
}

/** Those that hold what is written: first where they begin with it, then where one of their words does, then anywhere. */
function ranked<T>(all: readonly T[], written: string, name: (each: T) => string, worst = 2): T[] {
  const sought = written.toLowerCase();
  const ranks = all.map((each): readonly [T, number] => [each, rank(name(each).toLowerCase(), sought)]);
  return ranks
    .filter(([, each]) => each <= worst)
    .sort(([, a], [, b]) => a - b)
    .map(([each]) => each);
}

function rank(name: string, sought: string): number {
  const found = name.indexOf(sought);
  if (found <= 0) return found === 0 ? 0 : Infinity;
  return /[_\-. :]/.test(name.charAt(found - 1)) ? 1 : 2;
}
