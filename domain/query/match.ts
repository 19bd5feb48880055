import { indexWords } from '../events/text/index-alphabet';
import type { Json, JsonObject } from '../json';
import type { QueryField, QueryNode } from './ast';

/** What a query can ask of an event. One that is read for a query alone need hold no more. */
export interface Matchable extends Readonly<Record<Exclude<QueryField, 'type' | 'id'>, string | null>> {
  readonly eventId: string;
  readonly eventType: string | null;
  readonly timestamp: number;
  readonly payload: JsonObject;
  /** JSON text of `payload`, where it is at hand. */
  readonly payloadText?: string;
}

type Test = (event: Matchable, now: number) => boolean;

/** True when the event is one that the query asks for. `now`: epoch seconds that relative times count from. */
export function matches(node: QueryNode, event: Matchable, now: number): boolean {
  return matcher(node)(event, now);
}

/** The test of a query, made once for many events. */
export function matcher(node: QueryNode): Test {
  switch (node.kind) {
    case 'all':
      return () => true;
    case 'and':
    case 'or': {
      const tests = node.parts.map(matcher);
      if (node.kind === 'and') return (event, now) => tests.every((test) => test(event, now));
      return (event, now) => tests.some((test) => test(event, now));
    }
    case 'not': {
      const test = matcher(node.part);
      return (event, now) => !test(event, now);
    }
    case 'text':
      return textTest(node.text, node.prefix);
    case 'field': {
      const passes = fieldTest(node);
      return (event) => passes(fieldOf(event, node.field));
    }
    case 'payload':
      return (event) => comparePayload(valueAt(event.payload, node.path), node);
    case 'time':
      return (event, now) => {
        const at = 'at' in node.moment ? node.moment.at : now - node.moment.ago;
        if (node.operator === '>=') return event.timestamp >= at;
        return node.operator === '<' ? event.timestamp < at : event.timestamp <= at;
      };
  }
}

/** The test of a field's value. */
export function fieldTest({
  values,
  prefixes,
}: Extract<QueryNode, { kind: 'field' }>): (value: string | null) => boolean {
  const whole = new Set<string | null>(values);
  if (prefixes.length === 0) return (value) => whole.has(value);
  return (value) =>
    whole.has(value) || (value !== null && prefixes.some((prefix) => value.startsWith(prefix)));
}

/** The texts of an event that words are looked for in, and their words, one line per text. */
interface Texts {
  /** All of them in lower case, which is how the index has them; null where letters beyond ASCII occur. */
  readonly plain: string | null;
  words: string | null;
  readonly all: readonly (string | null)[];
}
/** Kept while the event lives, as several terms ask. */
const TEXTS = new WeakMap<Matchable, Texts>();
const ASCII = /^[\0-\x7f]*$/;
/** Between the texts: no letter, and none that occurs in plain ones. */
const BORDER = '\uffff';

function textsOf(event: Matchable): Texts {
  const known = TEXTS.get(event);
  if (known !== undefined) return known;
  const { eventType, source, node, config, model } = event;
  const payload = event.payloadText ?? JSON.stringify(event.payload);
  const texts = textsOfAll([eventType, source, node, config, model, payload]);
  TEXTS.set(event, texts);
  return texts;
}

function textsOfAll(all: readonly (string | null)[]): Texts {
  const plain = all.every((text) => text === null || ASCII.test(text))
    ? all.join(BORDER).toLowerCase()
    : null;
  return { plain, words: null, all };
}

function wordsOf(texts: Texts): string {
  texts.words ??= texts.all
    .map((text) => (text === null ? '' : ` ${indexWords(text).join(' ')} `))
    .join('\n');
  return texts.words;
}

/** The test of a text term on one text alone. */
export function textMatcher({
  text,
  prefix,
}: Extract<QueryNode, { kind: 'text' }>): (text: string) => boolean {
  const test = textsTest(text, prefix);
  return (one) => test(textsOfAll([one]));
}

function textTest(text: string, prefix: boolean): Test {
  const test = textsTest(text, prefix);
  return (event) => test(textsOf(event));
}

function textsTest(text: string, prefix: boolean): (texts: Texts) => boolean {
  const words = indexWords(text);
  const sought = ` ${words.join(' ')}${prefix ? '' : ' '}`;
  const plain = words.every((word) => ASCII.test(word)) ? plainTest(words, prefix) : () => false;
  return (texts) => (texts.plain === null ? wordsOf(texts).includes(sought) : plain(texts.plain));
}

/** Finds words in plain texts without telling all their words apart: most events lack the letters already. */
function plainTest(words: readonly string[], prefix: boolean): (plain: string) => boolean {
  const pattern = new RegExp(
    `(?<![a-z0-9])${words.join(`[^a-z0-9${BORDER}]+`)}${prefix ? '' : '(?![a-z0-9])'}`,
  );
  return (plain) => words.every((word) => plain.includes(word)) && pattern.test(plain);
}

function fieldOf(event: Matchable, field: QueryField): string | null {
  if (field === 'type') return event.eventType;
  return field === 'id' ? event.eventId : event[field];
}

/** What stands at a path; undefined where nothing does. */
function valueAt(payload: JsonObject, path: readonly string[]): Json | undefined {
  let at: Json | undefined = payload;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as JsonObject)[key];
  }
  return at;
}

/** A field that is not there equals nothing, and differs from nothing either. */
export function comparePayload(
  found: Json | undefined,
  { operator, values }: Extract<QueryNode, { kind: 'payload' }>,
): boolean {
  if (found === undefined) return false;
  if (operator === '=') return values.includes(found);
  if (operator === '!=') return !values.includes(found);
  const [limit] = values;
  if (typeof found !== 'number' || typeof limit !== 'number') return false;
  if (operator === '>') return found > limit;
  if (operator === '>=') return found >= limit;
  return operator === '<' ? found < limit : found <= limit;
}
