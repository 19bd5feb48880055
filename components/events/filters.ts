import type { MultiSelectOption } from '@/components/ui/multi-select-list';
import { CATEGORIES } from '@/domain/events/categories';
import { SEVERITIES } from '@/domain/events/envelope';
import type { EventFilter } from '@/domain/realtime/contract';
import type { FacetCounts, FacetField } from './facets-model';

/** Values that occur in history, each with its number of events. */
export type Facets = Readonly<
  Record<
    'types' | 'categories' | 'nodes' | 'configs' | 'sources' | 'severities',
    readonly (readonly [value: string, count: number])[]
  >
>;

export const NO_FACETS: Facets = {
  types: [],
  categories: [],
  nodes: [],
  configs: [],
  sources: [],
  severities: [],
};

interface Counted {
  /** Null until the first answer. */
  readonly counts: FacetCounts[FacetField] | null;
  readonly exact: boolean;
  /** The field has a filter of its own. */
  readonly filtered: boolean;
}

/** What a control changes; null takes a filter away. */
export type FilterPatch = { readonly [K in keyof EventFilter]?: EventFilter[K] | null };

export const LIST_FILTERS = [
  { field: 'type', label: 'Type', facet: 'types' },
  { field: 'category', label: 'Category', facet: 'categories' },
  { field: 'config', label: 'Config', facet: 'configs' },
  { field: 'node', label: 'Node', facet: 'nodes' },
  { field: 'source', label: 'Source', facet: 'sources' },
  { field: 'severity', label: 'Severity', facet: 'severities' },
] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];

/** What a filter menu offers, with how many of what matches have each value where that is known. */
export function optionsOf(
  field: ListFilter['field'],
  known: readonly (readonly [string, number])[],
  { counts, exact, filtered }: Counted,
): MultiSelectOption[] {
  const told = new Map(counts?.values);
  // A filter of its own hides what its other values would add; beyond the most frequent ones nobody has counted, and
  // what an estimate has not met may be there.
  const others = exact && counts?.others === 0 && !filtered ? 0 : undefined;
  const option = (value: string, label?: string) => ({ value, label, count: told.get(value) ?? others });
  // These are known without asking, and keep their order; the others come from history alone.
  if (field === 'category') return CATEGORIES.map(({ id, label }) => option(id, label));
  if (field === 'severity') return [...SEVERITIES].reverse().map((value) => option(value));
  return [...new Set([...told.keys(), ...known.map(([value]) => value)])].map((value) => option(value));
}

/** The patch that takes every filter away. */
export const CLEAR: FilterPatch = {
  q: null,
  type: null,
  category: null,
  node: null,
  config: null,
  model: null,
  source: null,
  severity: null,
  since: null,
  until: null,
};

/** How many fields filter. */
export function countFilters(filter: EventFilter): number {
  return Object.values(filter).filter((value) => value !== undefined).length;
}
