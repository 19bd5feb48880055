import { FIELDS, TIMES } from './ast';
import type { PayloadOperator, QueryNode } from './ast';
import type { Scanner } from './scanner';
import { wrong } from './scanner';
import { fieldValues, momentOf, payloadValue, readValues } from './values';

/** A name and the sign after it. */
export const NAMED = /([\p{L}_{][^\s()":<>=!,]*)(:(?:[<>]=?|!?=)?|[<>]=?|!?=)/uy;
/** A key of a payload compared with a number, with blanks or without: whoever writes this means no words. */
const COMPARISON =
  /([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*)\s*([<>]=?)\s*(-?(?:0|[1-9]\d*)(?:\.\d+)?)(?=[\s)]|$)/uy;
const KNOWN = `${FIELDS.join(', ')}, ${Object.keys(TIMES).join(', ')} and payload.<key>`;

/** One term: a named field with its values, a quotation, or a word. */
export function readTerm(scanner: Scanner): QueryNode {
  const named = scanner.look(NAMED);
  const [, name = '', sign = ''] = named ?? [];
  if (named && (isKnown(name) || sign.startsWith(':'))) return readNamed(scanner, name, sign);
  const compared = scanner.look(COMPARISON);
  if (compared) return meantOfPayload(scanner, compared);
  return readText(scanner);
}

/** True for a name that the language gives a meaning, with or without a value after it. */
export function isKnown(name: string): boolean {
  return name === 'payload' || name.startsWith('payload.') || isField(name) || isTime(name);
}

export const isField = (name: string): name is (typeof FIELDS)[number] =>
  FIELDS.some((each) => each === name);
export const isTime = (name: string): name is keyof typeof TIMES => Object.hasOwn(TIMES, name);

function meantOfPayload(scanner: Scanner, [text, name = '', sign = '', limit = '']: RegExpExecArray): never {
  const end = scanner.at + text.length;
  if (isField(name) || isTime(name)) return incomparable(name, scanner.at, end);
  const meant = `payload.${name.replace(/^payload\./iu, '')}${sign}${limit}`;
  if (meant.startsWith(name))
    return wrong('bad_operator', `a comparison has no blanks: write ${meant}`, scanner.at, end);
  return wrong(
    'unknown_field',
    `${name} is no field: write ${meant} to compare what payloads hold, or put the words in quotes`,
    scanner.at,
    end,
  );
}

function incomparable(name: string, start: number, end: number): never {
  return wrong(
    'bad_operator',
    isTime(name)
      ? `write ${name}:time, without a comparison`
      : `only numbers are compared, and ${name} is none: write ${name}:value`,
    start,
    end,
  );
}

function readText(scanner: Scanner): QueryNode {
  const start = scanner.at;
  if (scanner.look(/"/y)) {
    const text = scanner.quoted();
    const prefix = scanner.take(/\*/y) !== null;
    return { kind: 'text', text, prefix, start, end: scanner.at };
  }
  const text = scanner.take(/[^\s()"]+/uy)?.[0] ?? '';
  return { kind: 'text', text: text.replace(/\*+$/, ''), prefix: true, start, end: scanner.at };
}

function readNamed(scanner: Scanner, name: string, sign: string): QueryNode {
  const start = scanner.at;
  scanner.at += name.length + sign.length;
  // `payload.elo:>5` is what other search boxes taught; it means the same.
  const operator = (sign === ':' ? '=' : sign.replace(':', '')) as PayloadOperator;
  if (name.startsWith('payload.')) return readPayload(scanner, name, operator, start);
  if (isTime(name)) return readTime(scanner, name, operator, start);
  if (!isField(name))
    return wrong(
      'unknown_field',
      `there is no field of this name: give one of ${KNOWN}, or put the word in quotes`,
      start,
      start + name.length,
    );
  if (operator !== '=' && operator !== '!=') incomparable(name, start, scanner.at);
  const asked = fieldValues(name, readValues(scanner, name));
  const node: QueryNode = { kind: 'field', field: name, ...asked, start, end: scanner.at };
  return operator === '=' ? node : { kind: 'not', part: node, start, end: scanner.at };
}

function readPayload(scanner: Scanner, name: string, operator: PayloadOperator, start: number): QueryNode {
  const path = name.split('.').slice(1);
  if (path.includes(''))
    wrong('unknown_field', 'a key is missing: write payload.key, or payload.key.key', start, scanner.at);
  const from = scanner.at;
  const values = readValues(scanner, name).map(payloadValue);
  const ordered = operator !== '=' && operator !== '!=';
  if (ordered && !(values.length === 1 && typeof values[0] === 'number'))
    wrong('bad_value', `after ${operator} stands one number, such as 1700, without quotes`, from, scanner.at);
  return { kind: 'payload', path, operator, values, start, end: scanner.at };
}

function readTime(
  scanner: Scanner,
  name: keyof typeof TIMES,
  operator: PayloadOperator,
  start: number,
): QueryNode {
  if (operator !== '=') incomparable(name, start, scanner.at);
  const [value, more] = readValues(scanner, name);
  if (!value || more) return wrong('bad_value', `one time is all that ${name} takes`, start, scanner.at);
  return { kind: 'time', operator: TIMES[name], moment: momentOf(value), start, end: scanner.at };
}
