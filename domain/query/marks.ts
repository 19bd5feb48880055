import { indexWords, placedWords, type PlacedWord } from '../events/text/index-alphabet';
import type { Json, JsonObject } from '../json';
import type { QueryField, QueryNode, Span } from './ast';
import { comparePayload } from './match';

/** The texts of a row in which a query can find something. */
export type MarkedField = Exclude<QueryField, 'id' | 'origin'> | 'summary';

/** Texts that free words are looked for in; the others are only compared as a whole. */
const SEARCHED: ReadonlySet<MarkedField> = new Set(['type', 'source', 'node', 'config', 'model', 'summary']);

/** Characters of a payload's JSON that are looked at: nobody reads on to the end of a longer one in a tree. */
const MOST_TEXT = 200_000;

/** One thing that a query asks for. */
export type Wanted = Exclude<QueryNode, { kind: 'all' | 'and' | 'or' | 'not' | 'time' }>;
interface Phrase {
  readonly words: readonly string[];
  readonly prefix: boolean;
}

const NONE: readonly Span[] = [];

/** Where a payload's text holds what was asked for: by path and part, places in the JSON text of that key or value. */
export interface PayloadMarks {
  readonly keys: ReadonlyMap<string, readonly Span[]>;
  readonly values: ReadonlyMap<string, readonly Span[]>;
  /** Paths of objects and lists that hold a mark. */
  readonly around: ReadonlySet<string>;
}

/** What of an event made a query find it: the words, phrases and values that it asks for. What it rules out is not marked. */
export class QueryMarks {
  readonly #phrases: readonly Phrase[];
  readonly #wanted: readonly Wanted[];

  constructor(node: QueryNode) {
    this.#wanted = [...wantedOf(node)];
    this.#phrases = this.#wanted
      .filter((each) => each.kind === 'text')
      .map(({ text, prefix }) => ({ words: indexWords(text), prefix }));
  }

  get empty(): boolean {
    return this.#wanted.length === 0;
  }

  /** Places in a text of a row, ascending and apart from each other. */
  in(field: MarkedField, text: string): readonly Span[] {
    if (this.empty || text === '') return NONE;
    const asked = this.#wanted.flatMap((each) =>
      each.kind === 'field' && each.field === field ? [each] : [],
    );
    if (asked.some(({ values }) => values.includes(text))) return [{ start: 0, end: text.length }];
    const begun = asked.flatMap(({ prefixes }) =>
      prefixes.filter((each) => each !== '' && text.startsWith(each)),
    );
    if (begun.length > 0) return [{ start: 0, end: Math.max(...begun.map(({ length }) => length)) }];
    return SEARCHED.has(field) ? this.#found(placedWords(text)) : NONE;
  }

  /**
   * Places in a payload, as its tree shows it; `path` joins keys with dots, as drift findings do. Words are looked for in the first
   * `most` characters, about, of keys and values.
   */
  inPayload(payload: JsonObject, most = MOST_TEXT): PayloadMarks {
    const pieces: Piece[] = [];
    if (!this.empty) collect(payload, '', pieces, { left: most });
    const keys = new Map<string, readonly Span[]>();
    const values = new Map<string, readonly Span[]>();
    this.#markWords(pieces, keys, values);
    for (const each of this.#wanted) if (each.kind === 'payload') markValue(payload, each, values);
    return { keys, values, around: ancestors([...keys.keys(), ...values.keys()]) };
  }

  /** The pieces stand one after the other as in the indexed text, so that a phrase may begin in a key and end in its value. */
  #markWords(
    pieces: readonly Piece[],
    keys: Map<string, readonly Span[]>,
    values: Map<string, readonly Span[]>,
  ) {
    const words: PlacedWord[] = [];
    let from = 0;
    for (const { text } of pieces) {
      for (const { word, start, end } of placedWords(text))
        words.push({ word, start: start + from, end: end + from });
      from += text.length;
    }
    const found = this.#found(words);
    let next = 0;
    let at = 0;
    for (const { text, path, part } of pieces) {
      const inside: Span[] = [];
      for (; next < found.length; next++) {
        const span = found[next];
        if (span === undefined || span.start >= at + text.length) break;
        inside.push({ start: Math.max(0, span.start - at), end: Math.min(text.length, span.end - at) });
        // It goes on in the next piece.
        if (span.end > at + text.length) break;
      }
      if (inside.length > 0) (part === 'key' ? keys : values).set(path, inside);
      at += text.length;
    }
  }

  #found(words: readonly PlacedWord[]): readonly Span[] {
    const spans: Span[] = [];
    for (const phrase of this.#phrases)
      for (let at = 0; at + phrase.words.length <= words.length; at++) {
        const last = words[at + phrase.words.length - 1];
        const first = words[at];
        if (first && last && stands(phrase, words, at)) spans.push({ start: first.start, end: last.end });
      }
    return spans.length < 2 ? spans : apart(spans);
  }
}

/** What a query asks for, piece by piece; what it rules out is not among it. */
export function* wantedOf(node: QueryNode): Generator<Wanted> {
  if (node.kind === 'and' || node.kind === 'or') for (const part of node.parts) yield* wantedOf(part);
  else if (node.kind === 'not') yield* doublyDenied(node.part);
  else if (node.kind === 'text' || node.kind === 'field' || node.kind === 'payload') yield node;
}

/** What is denied twice is asked for. */
function* doublyDenied(node: QueryNode): Generator<Wanted> {
  if (node.kind === 'not') yield* wantedOf(node.part);
  else if (node.kind === 'and' || node.kind === 'or')
    for (const part of node.parts) yield* doublyDenied(part);
}

function stands({ words: sought, prefix }: Phrase, words: readonly PlacedWord[], at: number): boolean {
  return sought.every((word, index) => {
    const found = words[at + index]?.word ?? '';
    return prefix && index === sought.length - 1 ? found.startsWith(word) : found === word;
  });
}

/** The same places, ascending, with those that overlap made one. */
function apart(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last && span.start < last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}

/** A key or a value without parts, as it stands in the JSON text. */
interface Piece {
  readonly path: string;
  readonly part: 'key' | 'value';
  readonly text: string;
}

function collect(value: Json, path: string, pieces: Piece[], room: { left: number }): void {
  if (room.left <= 0) return;
  const add = (at: string, part: Piece['part'], whole: Json): void => {
    const shown = typeof whole === 'string' ? whole.slice(0, room.left) : whole;
    const text = JSON.stringify(shown);
    room.left -= text.length;
    pieces.push({ path: at, part, text });
  };
  if (typeof value !== 'object' || value === null) {
    add(path, 'value', value);
    return;
  }
  for (const [key, child] of Object.entries(value as JsonObject)) {
    if (room.left <= 0) return;
    const below = path === '' ? key : `${path}.${key}`;
    if (!Array.isArray(value)) add(below, 'key', key);
    collect(child, below, pieces, room);
  }
}

function markValue(
  payload: JsonObject,
  term: Extract<QueryNode, { kind: 'payload' }>,
  values: Map<string, readonly Span[]>,
): void {
  if (term.operator === '!=') return;
  let at: Json | undefined = payload;
  for (const key of term.path)
    at =
      typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as JsonObject)[key] : undefined;
  if (at === undefined || typeof at === 'object' || !comparePayload(at, term)) return;
  values.set(term.path.join('.'), [{ start: 0, end: JSON.stringify(at).length }]);
}

function ancestors(paths: readonly string[]): ReadonlySet<string> {
  const around = new Set<string>();
  for (const path of paths)
    for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1))
      around.add(path.slice(0, dot));
  return around;
}
