import type { MultiSelectOption } from '@/components/ui/multi-select/multi-select-list';
import { CATEGORIES } from '@/domain/events/catalogue/categories';
import { SEVERITIES } from '@/domain/events/envelope';
import type { FacetCounts, FacetField } from '../counts/facets-model';
import type { ListFilter } from '../filters';

interface Counted {
  /** Null until the first answer. */
  readonly counts: FacetCounts[FacetField] | null;
  readonly exact: boolean;
  /** The field has a filter of its own. */
  readonly filtered: boolean;
}

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
