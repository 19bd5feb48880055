import type { EventFilter } from '@/domain/realtime/contract';

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

type Field = Exclude<keyof EventFilter, 'asked'>;

/** What a control changes; null takes a filter away. */
export type FilterPatch = { readonly [K in Field]?: EventFilter[K] | null };

export const LIST_FILTERS = [
  { field: 'type', label: 'Type', facet: 'types' },
  { field: 'category', label: 'Category', facet: 'categories' },
  { field: 'config', label: 'Config', facet: 'configs' },
  { field: 'node', label: 'Node', facet: 'nodes' },
  { field: 'source', label: 'Source', facet: 'sources' },
  { field: 'severity', label: 'Severity', facet: 'severities' },
] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];

/** The patch that takes every filter away. */
export const CLEAR: Readonly<Record<Field, null>> = {
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
