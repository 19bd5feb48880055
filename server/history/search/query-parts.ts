import { indexWords } from '../../../domain/events/text/index-alphabet';
import type { QueryNode } from '../../../domain/query';
import { isWord, wordsOf, type Formula, type Word } from '../words/formula';

/** The place of a part that stands in no text. */
export const NOWHERE = { start: 0, end: 0 };

/** Words that all matches of a part hold, texts and payload comparisons; null where there are none. */
export function formulaOf(node: QueryNode): { formula: Formula; exact: boolean } | null {
  if (node.kind !== 'and' && node.kind !== 'or') return wordsOf(node);
  const parts = node.parts.map(formulaOf);
  const known = parts.filter((part) => part !== null);
  const all = known.length === parts.length;
  if (known.length === 0 || (node.kind === 'or' && !all)) return null;
  const formula = { kind: node.kind, parts: known.map((part) => part.formula) };
  return { formula, exact: all && known.every(({ exact }) => exact) };
}

/** The words of a phrase; none where a part is none. */
export function phraseOf(part: QueryNode): Word[] {
  const formula = part.kind === 'text' ? formulaOf(part)?.formula : undefined;
  return formula?.kind === 'and' ? formula.parts.filter(isWord) : [];
}

/** The parts that must all hold. */
export function required(node: QueryNode): readonly QueryNode[] {
  return node.kind === 'and' ? node.parts.flatMap(required) : [node];
}

export const everyLeaf = (node: QueryNode, test: (leaf: QueryNode) => boolean): boolean => {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.every((part) => everyLeaf(part, test));
  return node.kind === 'not' ? everyLeaf(node.part, test) : test(node);
};
/** All that the index tells exactly; what must not occur within an alternative it is not asked. */
export const onlyText = (node: QueryNode): boolean =>
  node.kind === 'and' || node.kind === 'or' ? node.parts.every(onlyText) : node.kind === 'text';
/** Blocks decide these. */
export const onlyFields = (node: QueryNode): boolean =>
  everyLeaf(node, ({ kind }) => kind !== 'text' && kind !== 'payload');
/** The words of phrases, whose lists are compared with each other. */
export function phraseWords(node: QueryNode): QueryNode[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(phraseWords);
  const words = node.kind === 'text' ? indexWords(node.text) : [];
  return words.length < 2 ? [] : words.map((text) => ({ kind: 'text', text, prefix: false, ...NOWHERE }));
}
/** The words of a part that may go on, and whether each is the end of a phrase. */
export function openWords(
  node: QueryNode,
): { word: Extract<QueryNode, { kind: 'text' }>; inPhrase: boolean }[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(openWords);
  if (node.kind !== 'text' || !node.prefix) return [];
  const words = indexWords(node.text);
  return [{ word: { ...node, text: words.at(-1) ?? '' }, inPhrase: words.length > 1 }];
}
