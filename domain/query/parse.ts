import { indexWords } from '../events/text/index-alphabet';
import type { ParsedQuery, QueryNode } from './ast';
import { readTerm } from './term';
import { Scanner, Wrong, wrong } from './scanner';

/** Bounds of a query. */
export const MAX_QUERY_LENGTH = 4_096;
const MAX_TERMS = 256;
const MAX_DEPTH = 64;

/** Reads the text of a query. Never throws: what cannot be read is explained. */
export function parseQuery(text: string): ParsedQuery {
  try {
    return { ok: true, node: new Parser(text).query() };
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, mistakes: [error.mistake] };
    throw error;
  }
}

class Parser {
  readonly #scanner: Scanner;
  #terms = 0;

  constructor(text: string) {
    if (text.length > MAX_QUERY_LENGTH)
      wrong('too_long', `a query has at most ${MAX_QUERY_LENGTH} characters`, MAX_QUERY_LENGTH, text.length);
    this.#scanner = new Scanner(text);
  }

  query(): QueryNode {
    const scanner = this.#scanner;
    scanner.skipBlanks();
    if (scanner.done) return { kind: 'all', start: 0, end: scanner.text.length };
    const node = this.#or(0);
    if (scanner.look(/\)/y))
      wrong('stray_parenthesis', 'this ) closes nothing: take it away', scanner.at, scanner.at + 1);
    return node;
  }

  #or(depth: number): QueryNode {
    const parts = [this.#and(depth)];
    while (this.#scanner.take(/OR(?=[\s()]|$)/uy)) parts.push(this.#and(depth));
    return joined('or', parts);
  }

  #and(depth: number): QueryNode {
    const scanner = this.#scanner;
    const parts: QueryNode[] = [];
    scanner.skipBlanks();
    while (!scanner.done && !scanner.look(/\)|OR(?=[\s()]|$)/uy)) {
      // Written out or not, it means the same; as the first or last word it stands between nothing.
      if (parts.length > 0 && scanner.take(/AND(?=[\s()]|$)/uy)) scanner.skipBlanks();
      parts.push(this.#not(depth));
      scanner.skipBlanks();
    }
    if (parts.length === 0) this.#lacking();
    return joined('and', parts);
  }

  #not(depth: number): QueryNode {
    const scanner = this.#scanner;
    const start = scanner.at;
    if (!scanner.take(/-|NOT(?=[\s()])\s*/uy)) return this.#primary(depth);
    this.#deep(depth);
    const part = this.#not(depth + 1);
    return { kind: 'not', part, start, end: part.end };
  }

  #primary(depth: number): QueryNode {
    const scanner = this.#scanner;
    const start = scanner.at;
    if (!scanner.take(/\(/y)) return this.#term();
    this.#deep(depth);
    const node = this.#or(depth + 1);
    if (!scanner.take(/\)/y))
      wrong('open_parenthesis', 'this ( is not closed: add a ) after it', start, start + 1);
    return node;
  }

  #term(): QueryNode {
    const scanner = this.#scanner;
    const start = scanner.at;
    if (scanner.done || scanner.look(/[\s)]|(OR|AND)(?=[\s()]|$)/uy)) this.#lacking();
    const term = readTerm(scanner);
    if (++this.#terms > MAX_TERMS)
      wrong('too_many_terms', `a query has at most ${MAX_TERMS} terms`, start, scanner.at);
    if (term.kind === 'text' && indexWords(term.text).length === 0)
      wrong('no_word', 'this holds no letter or digit to search for: take it away', start, scanner.at);
    return term;
  }

  #lacking(): never {
    const { at, text } = this.#scanner;
    return wrong(
      'missing_term',
      'something to search for is missing here; to search for AND, OR, NOT or signs as they are, put them in quotes',
      at,
      Math.min(at + 1, text.length),
    );
  }

  #deep(depth: number): void {
    const { at } = this.#scanner;
    if (depth >= MAX_DEPTH)
      wrong('too_deep', `a query nests at most ${MAX_DEPTH} levels: take parentheses away`, at - 1, at);
  }
}

function joined(kind: 'and' | 'or', parts: readonly QueryNode[]): QueryNode {
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last || first === last) return first ?? { kind: 'all', start: 0, end: 0 };
  return { kind, parts, start: first.start, end: last.end };
}
