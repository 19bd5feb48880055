import type { QueryNode } from '../../../../domain/query';
import { allBut, anyOf, SetLeaf } from '../../words/set-leaf';
import type { FoundWords } from '../../words/kept-words';
import type { Leaf } from '../../matching/masks';

/** Rough shares of events that pass: what was looked up for certain, and what has to be read. */
const [SURE, OPEN] = [-1, 2];
const PLACE = { start: 0, end: 0 };

/**
 * The same query in the order in which it is quickest answered: of each `and` first what was looked up for certain, then
 * fields by how rare they are. Of the others only events are asked that pass those. What was looked up for certain is put
 * together at once for all blocks, as a further part among the `leaves`.
 * @param shareOf about the share of events that pass a field
 */
export function surestFirst(
  node: QueryNode,
  leaves: Map<QueryNode, Leaf>,
  shareOf: (node: Extract<QueryNode, { kind: 'field' }>) => number = () => 1,
): QueryNode {
  if (node.kind === 'not') return { ...node, part: surestFirst(node.part, leaves, shareOf) };
  if (node.kind !== 'and' && node.kind !== 'or') return node;
  const parts = node.parts.map((part) => surestFirst(part, leaves, shareOf));
  if (node.kind === 'or') return { ...node, parts: joined(parts, leaves) };
  const ranked = common(parts, leaves).map((part) => ({ part, rank: rankOf(part) }));
  return { ...node, parts: ranked.sort((a, b) => a.rank - b.rank).map(({ part }) => part) };

  function rankOf(part: QueryNode): number {
    if (isSure(part, leaves)) return SURE;
    if (part.kind === 'field' && part.field !== 'id') return shareOf(part);
    return part.kind === 'text' || part.kind === 'payload' ? OPEN : 1;
  }
}

/** Parts of an `and`: those of which sets of seqs say for certain who passes, as one. */
function common(parts: readonly QueryNode[], leaves: Map<QueryNode, Leaf>): readonly QueryNode[] {
  const [all, none]: [FoundWords[], FoundWords[]] = [[], []];
  const rest = parts.filter((part) => {
    const [found, missing] = [setOf(part, leaves), part.kind === 'not' ? setOf(part.part, leaves) : null];
    if (found !== null) all.push(found);
    if (missing !== null) none.push(missing);
    return found === null && missing === null;
  });
  const [first, ...others] = all;
  if (first === undefined || all.length + none.length < 2) return parts;
  const known: QueryNode = { kind: 'and', parts: parts.filter((part) => !rest.includes(part)), ...PLACE };
  leaves.set(known, new SetLeaf(allBut([first, ...others], none), true));
  return [known, ...rest];
}

/** The same for parts of an `or`. */
function joined(parts: readonly QueryNode[], leaves: Map<QueryNode, Leaf>): readonly QueryNode[] {
  const found = parts.map((part) => setOf(part, leaves));
  const [first, ...others] = found.filter((each) => each !== null);
  if (first === undefined || others.length === 0) return parts;
  const known: QueryNode = { kind: 'or', parts: parts.filter((_, place) => found[place] !== null), ...PLACE };
  leaves.set(known, new SetLeaf(anyOf([first, ...others]), true));
  return [known, ...parts.filter((_, place) => found[place] === null)];
}

function setOf(part: QueryNode, leaves: Map<QueryNode, Leaf>): FoundWords | null {
  const leaf = leaves.get(part);
  return leaf instanceof SetLeaf && leaf.exact ? leaf.found : null;
}

function isSure(node: QueryNode, leaves: ReadonlyMap<QueryNode, Leaf>): boolean {
  const leaf = leaves.get(node);
  if (leaf) return leaf.exact;
  if (node.kind === 'and' || node.kind === 'or') return node.parts.every((part) => isSure(part, leaves));
  return node.kind === 'not' && isSure(node.part, leaves);
}
