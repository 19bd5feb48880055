import type { QueryField, QueryNode } from './ast';
import { parseQuery } from './parse';
import { printQuery } from './print';

/** What a query says of one value of a field, as far as it must hold for every match. */
export type TermState = 'included' | 'excluded' | null;

interface Term {
  /** The part of the query that says it. */
  readonly part: QueryNode;
  readonly values: readonly string[];
}

/** Whether a query asks for a value of a field, or for events without it. A text that is no query asks for nothing. */
export function termState(text: string, field: QueryField, value: string): TermState {
  const parts = partsOf(text);
  if (parts.some((part) => valuesOf(part, field, true)?.includes(value))) return 'excluded';
  return parts.some((part) => valuesOf(part, field, false)?.includes(value)) ? 'included' : null;
}

/** All values of a field that a query asks for or leaves out. */
export function termValues(text: string, field: QueryField): string[] {
  return partsOf(text).flatMap((part) => valuesOf(part, field, part.kind === 'not') ?? []);
}

/**
 * The text with a value of a field included, excluded or not mentioned; all else stays as it was written. Included values
 * of a field are alternatives, excluded ones are left out together. A text that is no query comes back as it is.
 */
export function withTerm(text: string, field: QueryField, value: string, state: TermState): string {
  const without = drop(drop(text, field, value, true), field, value, false);
  return state === null ? without : add(without, field, value, state === 'excluded');
}

function partsOf(text: string): readonly QueryNode[] {
  const parsed = parseQuery(text);
  if (!parsed.ok || parsed.node.kind === 'all') return [];
  return parsed.node.kind === 'and' ? parsed.node.parts : [parsed.node];
}

/**
 * The values of a part that is a plain term of this field, or its negation. One with prefixes is not: another value beside
 * them would widen what a click is to narrow down.
 */
function valuesOf(part: QueryNode, field: QueryField, negated: boolean): readonly string[] | null {
  const inner = part.kind === 'not' && negated ? part.part : part;
  if (negated && part.kind !== 'not') return null;
  const plain = inner.kind === 'field' && inner.field === field && inner.prefixes.length === 0;
  return plain ? inner.values : null;
}

function termOf(text: string, field: QueryField, negated: boolean): Term | null {
  for (const part of partsOf(text)) {
    const values = valuesOf(part, field, negated);
    if (values) return { part, values };
  }
  return null;
}

function drop(text: string, field: QueryField, value: string, negated: boolean): string {
  let rest = text;
  for (const part of [...partsOf(text)].reverse()) {
    const values = valuesOf(part, field, negated);
    if (!values?.includes(value)) continue;
    const others = values.filter((each) => each !== value);
    rest = spliced(rest, part, others.length === 0 ? '' : term(field, others, negated));
  }
  return rest === text ? text : rest.trim();
}

function add(text: string, field: QueryField, value: string, negated: boolean): string {
  const parsed = parseQuery(text);
  if (!parsed.ok) return text;
  const known = termOf(text, field, negated);
  if (known) return spliced(text, known.part, term(field, [...known.values, value], negated));
  const written = text.trim();
  const before = parsed.node.kind === 'or' ? `(${written})` : written;
  return `${before} ${term(field, [value], negated)}`.trim();
}

function term(field: QueryField, values: readonly string[], negated: boolean): string {
  const node: QueryNode = { kind: 'field', field, values, prefixes: [], start: 0, end: 0 };
  return printQuery(negated ? { kind: 'not', part: node, start: 0, end: 0 } : node);
}

/** The text with a part replaced; a part that is taken away takes the blanks and the AND before or after it along. */
function spliced(text: string, { start, end }: QueryNode, by: string): string {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  if (by !== '') return before + by + after;
  const left = before.replace(/(^|[\s)])AND\s*$/u, '$1').trimEnd();
  const right = left === '' ? after.replace(/^\s*AND(?=[\s(])/u, '').trimStart() : after.trimStart();
  return left === '' || right === '' ? left + right : `${left} ${right}`;
}
