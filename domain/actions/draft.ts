import { IS_OF_TYPE, type FieldInfo, type FieldType } from '../events/catalogue/fields';
import { isJsonObject, type Json, type JsonObject } from '../json';

/** A payload as somebody writes it: a text for each field of one of its forms, and what the form has no field for. */
export interface Draft {
  /** Which of the type's forms. */
  readonly form: number;
  readonly texts: Readonly<Record<string, string>>;
  readonly more: JsonObject;
}

export type Forms = readonly (readonly FieldInfo[])[];

/** Documented fields that the server fills in where they are left empty: when it is sent, and why. */
const FILLED_IN: ReadonlySet<string> = new Set(['timestamp', 'reason']);

/** What stands in a field's text when it is left out, where that is possible. */
export function emptyMeans({
  name,
  type,
  required,
}: FieldInfo): 'filled in' | 'left out' | 'null' | 'empty list' | null {
  if (FILLED_IN.has(name) && type === 'str') return 'filled in';
  if (!required) return 'left out';
  if (type === 'str | None') return 'null';
  return type === 'list[str]' ? 'empty list' : null;
}

/** A payload as a draft, in the form that it comes closest to. */
export function draftOf(payload: JsonObject, forms: Forms): Draft {
  const scores = forms.map((fields) => fields.filter((field) => Object.hasOwn(payload, field.name)).length);
  const form = Math.max(0, scores.indexOf(Math.max(...scores)));
  const fields = forms[form] ?? [];
  const names = new Set(fields.map(({ name }) => name));
  return {
    form,
    texts: Object.fromEntries(
      fields.map(({ name, type }) => [
        name,
        Object.hasOwn(payload, name) ? textOf(type, payload[name] as Json) : '',
      ]),
    ),
    more: Object.fromEntries(Object.entries(payload).filter(([name]) => !names.has(name))),
  };
}

/** A draft in another of the type's forms, where what was sent beside the former one has its fields too. */
export function inForm({ texts, more }: Draft, forms: Forms, form: number): Draft {
  const moved = draftOf(more, [forms[form] ?? []]);
  const given = Object.entries(moved.texts).filter(([name]) => Object.hasOwn(more, name));
  return { form, texts: { ...texts, ...Object.fromEntries(given) }, more: moved.more };
}

function textOf(type: FieldType, value: Json): string {
  if (type === 'list[str]' && IS_OF_TYPE['list[str]'](value)) return (value as readonly string[]).join('\n');
  if (type === 'dict' || type === 'any') return JSON.stringify(value, null, 2);
  if (type === 'str | None' && value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export interface Read {
  readonly payload: JsonObject;
  /** What is wrong with which field, as words that follow its name. */
  readonly problems: Readonly<Record<string, string>>;
}

/** The payload that a draft stands for; a field with a problem is left out of it. */
export function payloadOf({ form, texts, more }: Draft, forms: Forms): Read {
  const entries: [string, Json][] = [];
  const problems: [string, string][] = [];
  for (const field of forms[form] ?? []) {
    const read = readField(field, texts[field.name] ?? '');
    if ('problem' in read) problems.push([field.name, read.problem]);
    else if (read.value !== undefined) entries.push([field.name, read.value]);
  }
  return {
    payload: Object.fromEntries([...entries, ...Object.entries(more)]),
    problems: Object.fromEntries(problems),
  };
}

/** What a draft holds, to go on with as JSON: what cannot be read stands there as the text that it is. */
export function heldBy(draft: Draft, forms: Forms): JsonObject {
  const { payload, problems } = payloadOf(draft, forms);
  const unread = Object.keys(problems)
    .map((name) => [name, draft.texts[name] ?? ''] as const)
    .filter(([, text]) => text.trim() !== '');
  return { ...payload, ...Object.fromEntries(unread) };
}

/** Whether the form shows the payload as it is; what it cannot show is written as JSON. */
export function fitsForm(payload: JsonObject, forms: Forms): boolean {
  const read = payloadOf(draftOf(payload, forms), forms);
  return Object.keys(read.problems).length === 0 && sorted(read.payload) === sorted(payload);
}

function sorted(payload: JsonObject): string {
  return JSON.stringify(Object.entries(payload).sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Value = { readonly value: Json | undefined } | { readonly problem: string };

function readField(field: FieldInfo, text: string): Value {
  if (text.trim() === '') return readEmpty(field);
  switch (field.type) {
    case 'str':
    case 'str | None':
      return { value: text };
    case 'bool':
      return text === 'true' || text === 'false'
        ? { value: text === 'true' }
        : { problem: 'is true or false' };
    case 'int':
    case 'float':
      return numberOf(text, field.type);
    case 'list[str]':
      // Whoever ends the last line with Enter means no further, empty name.
      return { value: text.split('\n').filter((line) => line.trim() !== '') };
    case 'dict':
    case 'any':
      return jsonOf(text, field.type);
  }
}

function readEmpty(field: FieldInfo): Value {
  switch (emptyMeans(field)) {
    case 'null':
      return { value: null };
    case 'empty list':
      return { value: [] };
    case null:
      return { problem: 'is needed' };
    case 'filled in':
    case 'left out':
      return { value: undefined };
  }
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function numberOf(text: string, type: 'int' | 'float'): Value {
  // `Number` would take `0x10`, too.
  const value = DECIMAL.test(text.trim()) ? Number(text) : Number.NaN;
  if (IS_OF_TYPE[type](value)) return { value };
  return { problem: type === 'int' ? 'must be a whole number, exact to 2^53' : 'must be a number' };
}

function jsonOf(text: string, type: 'dict' | 'any'): Value {
  const read = readJson(text);
  if ('problem' in read) return read;
  if (type === 'any' || isJsonObject(read.value)) return read;
  return { problem: 'must be an object: {"key": value}' };
}

/** `1e999` is JSON, and no number that could be sent on: it would become null. */
function finite(_: string, value: unknown): unknown {
  if (value === Infinity || value === -Infinity) throw new RangeError('a number is too large');
  return value;
}

/** A text as JSON, or what is wrong with it. */
export function readJson(text: string): { readonly value: Json } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text, finite) as Json };
  } catch (error) {
    return { problem: `is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}
