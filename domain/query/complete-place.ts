import type { QueryField, Span } from './ast';
import { Scanner } from './scanner';
import { isField, isKnown, isTime, NAMED } from './term';

/** What stands under a caret: the part of the text that a completion replaces, and what of it is written so far. */
export type Place = Span & { readonly written: string } & (
    | { readonly kind: 'word' }
    /** The name of a field that has its sign already, and perhaps a value. */
    | { readonly kind: 'name' }
    | { readonly kind: 'value'; readonly field: QueryField }
    /** `ordered`: its sign is one that only numbers have. */
    | { readonly kind: 'payload'; readonly key: string; readonly ordered: boolean }
    | { readonly kind: 'time' }
  );

/**
 * The place under a caret. Unlike the parser it takes a text that is not finished: an open quotation ends at the caret.
 * Null where nothing can be completed: within a phrase, a sign or an unknown field, and right before a term.
 */
export function placeAt(text: string, caret: number): Place | null {
  const scanner = new Scanner(text);
  for (;;) {
    scanner.take(/[\s()]*/uy);
    if (scanner.at > caret || scanner.done) return blankAt(text, caret);
    scanner.take(/-*/y);
    const found = placeInTerm(scanner, caret);
    if (found !== undefined) return found;
  }
}

function blankAt(text: string, caret: number): Place | null {
  const next = text.slice(caret, caret + 1);
  return /^[\s)]?$/u.test(next) ? { kind: 'word', written: '', start: caret, end: caret } : null;
}

/** The place within the term that begins here; undefined when the caret is behind it. */
function placeInTerm(scanner: Scanner, caret: number): Place | null | undefined {
  const { at: start, text } = scanner;
  const [, name = '', sign = ''] = scanner.look(NAMED) ?? [];
  if (name !== '' && (isKnown(name) || sign.startsWith(':'))) return placeInNamed(scanner, caret, name, sign);
  if (scanner.look(/"/y)) {
    scanner.take(/"(?:[^"\\]|\\[^]?)*"?\*?/y);
    return caret <= scanner.at ? null : undefined;
  }
  scanner.take(/[^\s()"]+/uy);
  if (caret > scanner.at) return undefined;
  return caret === start && scanner.at > start
    ? null
    : { kind: 'word', written: text.slice(start, caret), start, end: scanner.at };
}

function placeInNamed(scanner: Scanner, caret: number, name: string, sign: string): Place | null | undefined {
  const { at: start, text } = scanner;
  const signAt = start + name.length;
  scanner.at = signAt + sign.length;
  if (caret === start) return null;
  if (caret <= signAt) return { kind: 'name', written: text.slice(start, caret), start, end: scanner.at };
  if (caret < scanner.at) return null;
  do {
    const value = valueAt(scanner, caret);
    if (value !== undefined) return value && named(name, sign, value);
  } while (scanner.take(/,/y));
  return undefined;
}

type Written = Span & { readonly written: string };

function named(name: string, sign: string, value: Written): Place | null {
  if (name.startsWith('payload.'))
    return { kind: 'payload', key: name.slice('payload.'.length), ordered: /[<>]/.test(sign), ...value };
  if (isTime(name)) return { kind: 'time', ...value };
  return isField(name) ? { kind: 'value', field: name, ...value } : null;
}

function valueAt(scanner: Scanner, caret: number): Written | null | undefined {
  const { at: start, text } = scanner;
  const quotation = scanner.take(/"(?:[^"\\]|\\[^]?)*("?\**)/y);
  if (quotation === null) {
    scanner.take(/[^\s()",]*/uy);
    return caret > scanner.at ? undefined : { written: text.slice(start, caret), start, end: scanner.at };
  }
  if (caret > scanner.at) return undefined;
  const closed = quotation[1] !== '';
  if (caret === start || (closed && caret > scanner.at - (quotation[1]?.length ?? 0))) return null;
  const written = text.slice(start + 1, caret).replace(/\\(["\\])/g, '$1');
  return { written, start, end: closed ? scanner.at : caret };
}
