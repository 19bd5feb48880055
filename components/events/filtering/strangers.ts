import { distance } from 'fastest-levenshtein';
import { termState, termValues } from '@/domain/query';
import type { Facets } from '../filters';

/** A value that a query asks for and none of the newest events has, with values like it that occur there. */
export interface Stranger {
  readonly field: StrangerField;
  readonly value: string;
  readonly alike: readonly string[];
}

const FIELDS = { type: 'types', node: 'nodes', config: 'configs', source: 'sources' } as const;
export type StrangerField = keyof typeof FIELDS;

/** So many values of a field are listed: from there on nobody knows whether another one occurs. */
const LISTED = 500;
const MOST_ALIKE = 5;
/** Letters that are missing, too many or others. */
const MOST_SLIPS = 3;

/** Why a query may match nothing: fields are compared as a whole, and half a name is none. */
export function strangers(query: string, facets: Facets): Stranger[] {
  return (Object.keys(FIELDS) as StrangerField[]).flatMap((field) => {
    const names = facets[FIELDS[field]].map(([name]) => name);
    if (names.length === 0 || names.length >= LISTED) return [];
    const known = new Set(names);
    return termValues(query, field)
      .filter((value) => !known.has(value) && termState(query, field, value) === 'included')
      .map((value) => ({ field, value, alike: alikeOf(value, names) }));
  });
}

/** Names that hold the value; where none does, those that a slip of the keys or two may have made it of, the nearest first. */
function alikeOf(value: string, names: readonly string[]): string[] {
  const part = value.toLowerCase();
  const holding = names.filter((name) => name.toLowerCase().includes(part));
  if (holding.length > 0) return holding.slice(0, MOST_ALIKE);
  return names
    .map((name) => ({ name, slips: distance(name.toLowerCase(), part) }))
    .filter(({ slips }) => slips <= Math.min(MOST_SLIPS, part.length / 3))
    .sort((a, b) => a.slips - b.slips)
    .map(({ name }) => name)
    .slice(0, MOST_ALIKE);
}
