'use client';

import { Check, Minus } from 'lucide-react';
import { memo } from 'react';
import type { TermState } from '@/domain/query';
import type { EventFilter } from '@/domain/realtime/contract';
import { barWidth } from '../../charts/bars';
import { CategoryLabel } from '../../ui/names/category-label';
import { cn } from '../../ui/cn';
import { formatCompact, formatCount } from '../../ui/format';
import type { FacetCounts, FacetField, FacetValue } from './facets-model';
import { FACET_FIELDS, facetPatch, facetValues, FEW_VALUES, shownCounts } from './facets-model';
import type { FilterPatch } from '../filters';

interface FacetsPanelProps {
  /** Null until the first answer. */
  counts: FacetCounts | null;
  /** False: the counts are estimates. */
  exact: boolean;
  filter: EventFilter;
  /** Fields of which more than the most frequent values are shown. */
  opened: ReadonlySet<FacetField>;
  onOpen: (field: FacetField) => void;
  onChange: (patch: FilterPatch) => void;
}

/** How often each value occurs among the matches; a click asks for it, the sign beside it leaves it out. */
export const FacetsPanel = memo(function FacetsPanel({
  counts,
  exact,
  filter,
  opened,
  onOpen,
  onChange,
}: FacetsPanelProps) {
  if (counts === null) return <p className="p-3 text-xs text-faint">Counting…</p>;
  const fields = FACET_FIELDS.map(({ field, label }) => {
    const told = shownCounts(counts[field], opened.has(field));
    return { field, label, others: told.others, values: facetValues(filter, field, told) };
  });
  const shown = fields.filter(({ values }) => values.length > 0);
  if (shown.length === 0) return <p className="p-3 text-xs text-faint">Nothing matches.</p>;
  return (
    <div className="flex min-w-0 flex-col gap-3 p-2">
      {shown.map(({ field, label, values, others }) => (
        <section key={field} aria-label={label} className="min-w-0">
          <h2 className="px-1 pb-0.5 text-2xs font-semibold tracking-wide text-dim uppercase">{label}</h2>
          <ul className="flex min-w-0 flex-col">
            {values.map((each) => (
              <Value
                key={each.value}
                field={field}
                most={values[0]?.count ?? 0}
                exact={exact}
                {...each}
                onState={(state) => onChange(facetPatch(filter, field, each.value, state))}
              />
            ))}
          </ul>
          <More
            label={label}
            values={values.length}
            others={others}
            opened={opened.has(field)}
            onOpen={() => onOpen(field)}
          />
        </section>
      ))}
    </div>
  );
});

interface MoreProps {
  label: string;
  values: number;
  others: number;
  opened: boolean;
  onOpen: () => void;
}

/** Opens the values of a field that are left out, and shuts them again. */
function More({ label, values, others, opened, onOpen }: MoreProps) {
  const shuts = opened && values > FEW_VALUES;
  if (others === 0 && !shuts) return null;
  return (
    <div className="flex items-center gap-2 px-1 text-2xs text-faint">
      {shuts && others > 0 && <span>{formatCount(others)} more: search by name</span>}
      <button
        type="button"
        aria-expanded={shuts}
        aria-label={`${label}: ${shuts ? 'show fewer' : `${formatCount(others)} more`}`}
        onClick={onOpen}
        className="-mx-1 min-h-6 rounded px-1 underline decoration-line-strong underline-offset-2 hover:text-fg"
      >
        {shuts ? 'Fewer' : `${formatCount(others)} more`}
      </button>
    </div>
  );
}

interface ValueProps extends FacetValue {
  field: FacetField;
  /** Count of the most frequent value, for the bar. */
  most: number;
  exact: boolean;
  onState: (state: TermState) => void;
}

function Value({ field, value, count, state, most, exact, onState }: ValueProps) {
  const about = exact ? '' : 'about ';
  const said = `${value}, ${about}${formatCount(count)} ${count === 1 ? 'event' : 'events'}`;
  return (
    <li className="group relative flex min-w-0 items-center rounded hover:bg-raised">
      <span
        aria-hidden
        className="absolute inset-y-0.5 left-0 rounded-sm bg-raised group-hover:bg-line"
        style={{ width: `calc(${barWidth(count, most) / 100} * (100% - 1.5rem))` }}
      />
      <button
        type="button"
        aria-pressed={state === 'included'}
        aria-label={said}
        title={`${value}: ${about}${formatCount(count)}. ${state === 'included' ? 'Take the filter off' : 'Show only these'}`}
        onClick={() => onState(state === 'included' ? null : 'included')}
        className={cn(
          'relative flex h-6 min-w-0 flex-1 items-center gap-1 rounded px-1 text-left text-xs focus-visible:-outline-offset-2',
          state === 'included' && 'font-semibold text-accent',
          state === 'excluded' && 'text-faint line-through',
        )}
      >
        {state === 'included' && <Check aria-hidden className="size-3 shrink-0" />}
        <Name field={field} value={value} />
        <span className="ml-auto shrink-0 pl-1 text-dim tabular-nums no-underline">
          {exact ? '' : '≈'}
          {count >= 100_000 ? formatCompact(count) : formatCount(count)}
        </span>
      </button>
      <button
        type="button"
        aria-pressed={state === 'excluded'}
        aria-label={`Leave out ${value}`}
        title={state === 'excluded' ? `Show ${value} again` : `Leave out ${value}`}
        onClick={() => onState(state === 'excluded' ? null : 'excluded')}
        className={cn(
          'relative flex size-6 shrink-0 items-center justify-center rounded focus-visible:-outline-offset-2',
          state === 'excluded' ? 'bg-bad-soft text-bad' : 'text-faint hover:text-fg',
        )}
      >
        <Minus aria-hidden className="size-3" />
      </button>
    </li>
  );
}

function Name({ field, value }: { field: FacetField; value: string }) {
  if (field === 'category') return <CategoryLabel category={value} className="truncate" />;
  return <span className="min-w-0 truncate">{value}</span>;
}
