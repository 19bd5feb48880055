import type { Json } from '../json';
import { isEventId } from '../events/event-id';
import { CATEGORIES } from '../events/catalogue/categories';
import { ORIGINS, SEVERITIES } from '../events/envelope';
import { normaliseEventType } from '../events/names/names';
import type { Moment, QueryField } from './ast';
import type { Scanner } from './scanner';
import { wrong } from './scanner';

export interface Value {
  readonly text: string;
  readonly quoted: boolean;
  /** A `*` stands behind it. */
  readonly open: boolean;
  readonly start: number;
  readonly end: number;
}

const REST = 'a * stands for the rest of a value: put a value that holds one in quotes';
const WHOLE =
  'a payload field is compared as a whole: search for the word by itself, or put a value that holds a * in quotes';

/** One value or several with commas between, after a field's operator. */
export function readValues(scanner: Scanner, name: string): Value[] {
  const values: Value[] = [];
  do {
    const start = scanner.at;
    const quoted = scanner.look(/"/y) !== null;
    const text = quoted ? scanner.quoted() : (scanner.take(/[^\s()",*]*/uy)?.[0] ?? '');
    const open = scanner.take(/\*+/y) !== null;
    if (text === '' && !quoted && !open)
      wrong(
        'missing_value',
        `a value for ${name} is missing: write one right behind, without a blank`,
        start,
        start,
      );
    if (open && name.startsWith('payload.')) wrong('bad_value', WHOLE, start, scanner.at);
    // What stands close behind would be read as a word of its own.
    if (open && scanner.look(/[^\s(),]/uy)) wrong('bad_value', REST, start, scanner.at);
    values.push({ text, quoted, open, start, end: scanner.at });
  } while (scanner.take(/,/y));
  return values;
}

/** Fields whose values are known beforehand; another value is a mistake, as it could match nothing. */
export const CHOICES: Partial<Record<QueryField, readonly string[]>> = {
  category: CATEGORIES.map(({ id }) => id),
  severity: SEVERITIES,
  origin: ORIGINS,
};

/** What a field is asked to be, or to begin with, as events carry it. */
export function fieldValues(
  field: QueryField,
  all: readonly Value[],
): { readonly values: readonly string[]; readonly prefixes: readonly string[] } {
  const choices = CHOICES[field];
  if (choices)
    return { values: [...new Set(all.flatMap((each) => chosen(field, choices, each)))], prefixes: [] };
  const [open, whole] = [
    all.filter((each) => each.open && field !== 'id'),
    all.filter((each) => !each.open || field === 'id'),
  ];
  return {
    values: whole.map((each) => wholeValue(field, each)),
    prefixes: open.map(({ text }) =>
      (field === 'type' ? text.toUpperCase() : text).replace(HALF_PAIR, '\ufffd'),
    ),
  };
}

/** SQLite has the replacement character in its place. */
const HALF_PAIR = /\p{Cs}/gu;

function wholeValue(field: QueryField, { text, open, start, end }: Value): string {
  if (field === 'type') return normaliseEventType(text);
  if (field !== 'id') return text;
  if (open || !isEventId(text))
    wrong('bad_value', 'this is no event id: give all 36 characters of one', start, end);
  return text.toLowerCase();
}

function chosen(field: QueryField, choices: readonly string[], { text, open, start, end }: Value): string[] {
  const sought = text.toLowerCase();
  const found = choices.filter((each) => (open ? each.startsWith(sought) : each === sought));
  if (found.length > 0) return found;
  return wrong('bad_value', `there is no such ${field}: give one of ${choices.join(', ')}`, start, end);
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i;
const WORDS: Readonly<Record<string, Json>> = { true: true, false: false, null: null };

/** A payload value: a number, true, false or null where it reads as one and is not quoted; else text. */
export function payloadValue({ text, quoted }: Value): Json {
  if (quoted) return text;
  if (NUMBER.test(text) && Number.isFinite(Number(text))) return Number(text) + 0;
  return Object.hasOwn(WORDS, text) ? (WORDS[text] ?? null) : text;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };
const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Whether the day that an ISO 8601 time begins with is one: `Date.parse` takes 30 February for 2 March. */
export function isDay(iso: string): boolean {
  const day = iso.slice(0, 10);
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
}

/** `2h` ago, epoch seconds, or an ISO 8601 time, which is UTC where it names no zone. */
export function momentOf({ text, start, end }: Value): Moment {
  const ago = /^(\d{1,9}(?:\.\d{1,9})?)([smhdw])$/.exec(text);
  if (ago) return { ago: Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? 1) };
  if (/^\d{9,12}(\.\d+)?$/.test(text)) return { at: Number(text) };
  const zoned = /T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || !text.includes('T') ? text : `${text}Z`;
  const at = ISO.test(text) && isDay(text) ? Date.parse(zoned) / 1000 : Number.NaN;
  if (Number.isFinite(at)) return { at };
  return wrong('bad_value', 'no time: give 30m, 2h, 7d, 2026-11-27T10:00 (UTC) or epoch seconds', start, end);
}
