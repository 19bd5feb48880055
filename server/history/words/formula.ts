import { indexWords } from '../../../domain/events/text/index-alphabet';
import type { QueryNode } from '../../../domain/query';
import { mayBeCategory } from '../sql/query-sql';

/** Words that an event must hold, as the index knows them. */
export type Formula =
  | { readonly kind: 'word'; readonly word: string; readonly prefix: boolean; readonly category: boolean }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Formula[] };

export type Word = Extract<Formula, { kind: 'word' }>;
export const isWord = (formula: Formula): formula is Word => formula.kind === 'word';

export interface Words {
  readonly formula: Formula;
  /** False: events that do not match may hold these words too. */
  readonly exact: boolean;
}

/** The words by which the index finds a part of a query, a text or a payload comparison; null where there are none. */
export function wordsOf(node: QueryNode): Words | null {
  if (node.kind === 'text') {
    const words = indexWords(node.text);
    const formula = all(words, node.prefix, !mayBeCategory(node.text, node.prefix));
    // In which order the words stand is not known.
    return formula && { formula, exact: words.length === 1 };
  }
  if (node.kind !== 'payload') return null;
  const [key = ''] = node.path;
  const named = all(jsonWords(key), false, true);
  const values = valueWords(node);
  const formula = named && values ? ({ kind: 'and', parts: [named, values] } as const) : (named ?? values);
  return formula && { formula, exact: false };
}

/** The words that one of the texts asked for by a payload comparison is made of; null where it asks for others too. */
export function valueWords(node: Extract<QueryNode, { kind: 'payload' }>): Formula | null {
  const texts = node.values.filter((value) => typeof value === 'string').map(jsonWords);
  const told = node.operator === '=' && texts.length === node.values.length;
  return told ? anyOf(texts.map((words) => all(words, false, true))) : null;
}

/** As they stand in a payload that is written as JSON. */
const jsonWords = (text: string): string[] => indexWords(JSON.stringify(text).slice(1, -1));

function all(words: readonly string[], prefix: boolean, category: boolean): Formula | null {
  if (words.length === 0) return null;
  const parts = words.map((word, place): Formula => ({
    ...{ kind: 'word', word, category },
    prefix: prefix && place === words.length - 1,
  }));
  return parts.length === 1 ? (parts[0] ?? null) : { kind: 'and', parts };
}

function anyOf(parts: readonly (Formula | null)[]): Formula | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 || known.length < parts.length ? null : { kind: 'or', parts: known };
}
