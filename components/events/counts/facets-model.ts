import type { TermState } from '@/domain/query';
import { termState, termValues, withTerm } from '@/domain/query';
import type { EventFilter } from '@/domain/realtime/contract';
import type { FilterPatch } from '../filters';

/** What events are counted by, in the order of the panel. */
export const FACET_FIELDS = [
  { field: 'category', label: 'Category' },
  { field: 'severity', label: 'Severity' },
  { field: 'type', label: 'Type' },
  { field: 'node', label: 'Node' },
  { field: 'config', label: 'Config' },
  { field: 'model', label: 'Model' },
  { field: 'source', label: 'Source' },
  { field: 'origin', label: 'Origin' },
] as const;
export type FacetField = (typeof FACET_FIELDS)[number]['field'];

/** The most frequent values of each field, and how many others there are. */
export type FacetCounts = Readonly<
  Record<
    FacetField,
    { readonly values: readonly (readonly [value: string, count: number])[]; readonly others: number }
  >
>;

/** Values of a field that are shown before somebody asks for the others, and at the most. */
export const FEW_VALUES = 12;
export const MOST_VALUES = 200;

/** The counts of one field as far as they are shown: the most frequent values, all that came once it is opened. */
export function shownCounts<Counts extends FacetCounts[FacetField]>(counts: Counts, opened: boolean): Counts {
  const { values, others } = counts;
  if (opened || values.length <= FEW_VALUES) return counts;
  return { ...counts, values: values.slice(0, FEW_VALUES), others: others + values.length - FEW_VALUES };
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
  readonly state: TermState;
}

/** What the filter says of a value: by a filter of its own, or in the query. */
export function facetState(filter: EventFilter, field: FacetField, value: string): TermState {
  const inQuery = termState(filter.q ?? '', field, value);
  return inQuery ?? (listOf(filter, field).includes(value) ? 'included' : null);
}

/** The values of a field with their state; those that the filter names and nothing matches any more come last. */
export function facetValues(
  filter: EventFilter,
  field: FacetField,
  { values }: FacetCounts[FacetField],
): FacetValue[] {
  const known = new Set(values.map(([value]) => value));
  const named = [...listOf(filter, field), ...termValues(filter.q ?? '', field)].filter(
    (value) => !known.has(value),
  );
  const all = [...values, ...[...new Set(named)].map((value) => [value, 0] as const)];
  return all.map(([value, count]) => ({ value, count, state: facetState(filter, field, value) }));
}

/** What to change so that a value is included, excluded, or not mentioned. */
export function facetPatch(
  filter: EventFilter,
  field: FacetField,
  value: string,
  state: TermState,
): FilterPatch {
  const inList = field !== 'origin' && fitsAddress(field, value);
  const before = filter.q ?? '';
  const q = withTerm(before, field, value, state === 'included' && inList ? null : state);
  const patch: FilterPatch = q === before ? {} : { q: q === '' ? null : q };
  if (field === 'origin') return patch;
  const list = listOf(filter, field);
  const others = list.filter((each) => each !== value);
  const next = state === 'included' && inList ? [...others, value] : others;
  if (next.length === list.length && list.includes(value) === next.includes(value)) return patch;
  return { ...patch, [field]: next.length === 0 ? null : next };
}

function listOf(filter: EventFilter, field: FacetField): readonly string[] {
  return field === 'origin' ? [] : (filter[field] ?? []);
}

/** Names that a list of the address cannot carry go into the query instead. */
function fitsAddress(field: FacetField, value: string): boolean {
  if (value === '' || value.length > 200) return false;
  if (field === 'type') return /^[A-Z0-9_]{1,200}$/.test(value);
  return field !== 'config' || !value.includes(',');
}
