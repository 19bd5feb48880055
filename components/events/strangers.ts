import { termState, termValues } from '@/domain/query';
import type { Facets } from './filters';

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

function alikeOf(value: string, names: readonly string[]): string[] {
  const part = value.toLowerCase();
  return names.filter((name) => name.toLowerCase().includes(part)).slice(0, MOST_ALIKE);
}
