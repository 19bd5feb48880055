'use client';

import { SlidersHorizontal, X } from 'lucide-react';
import type { RefObject } from 'react';
import { memo, useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import { cn } from '@/components/ui/cn';
import { MultiSelect } from '@/components/ui/multi-select/multi-select';
import type { Severity } from '@/domain/events/envelope';
import type { EventFilter } from '@/domain/realtime/contract';
import type { FacetCounts } from '../counts/facets-model';
import type { Facets, FilterPatch } from '../filters';
import { optionsOf } from './filter-options';
import { CLEAR, countFilters, LIST_FILTERS } from '../filters';
import type { KnownNames } from '../query/known';
import { TextFilter } from '../query/text-filter';
import { TimeFilter } from './time-filter';

export interface FilterBarProps {
  filter: EventFilter;
  facets: Facets;
  /** Of what matches; null until the first answer. */
  counts: FacetCounts | null;
  /** False: the counts are estimates. */
  exact: boolean;
  /** Somebody looks at the values of a filter, or no more: of those there may be more than the counts have yet. */
  onMenu: (open: boolean) => void;
  /** Tells the time of the newest event, epoch seconds: what "the last hour" counts from. */
  clock: () => number;
  zone: string | undefined;
  /** The text field, for a key that focuses it. */
  textRef: RefObject<HTMLInputElement | null>;
  /** What the text field proposes, and its call for it. */
  names: KnownNames;
  onNames: () => void;
  onPayloadKey: (key: string | null) => void;
  onChange: (patch: FilterPatch) => void;
}

/** All filters of a feed. On narrow screens the text stays and the others fold away. */
export const FilterBar = memo(function FilterBar(props: FilterBarProps) {
  const { filter, facets, counts, exact, clock, zone, onChange } = props;
  const [open, setOpen] = useState(false);
  const count = countFilters(filter);
  const folded = count - (filter.q === undefined ? 0 : 1);
  return (
    <div role="search" aria-label="Filter events" className="flex min-w-0 flex-wrap items-center gap-1.5">
      <TextFilter
        inputRef={props.textRef}
        value={filter.q ?? ''}
        names={props.names}
        facets={facets}
        onEnter={props.onNames}
        onPayloadKey={props.onPayloadKey}
        onChange={(q) => onChange({ q })}
      />
      <Button
        variant={folded > 0 ? 'active' : 'default'}
        className="md:hidden"
        aria-expanded={open}
        aria-controls="more-filters"
        onClick={() => setOpen(!open)}
      >
        <SlidersHorizontal className="size-3.5" aria-hidden />
        Filters{folded > 0 && ` ${folded}`}
      </Button>
      <div
        id="more-filters"
        className={cn('min-w-0 flex-wrap items-center gap-1.5 md:flex', open ? 'flex w-full' : 'hidden')}
      >
        {LIST_FILTERS.map(({ field, label, facet }) => (
          <MultiSelect
            key={field}
            label={label}
            options={optionsOf(field, facets[facet], {
              counts: counts?.[field] ?? null,
              exact,
              filtered: filter[field] !== undefined,
            })}
            exact={exact}
            value={filter[field] ?? []}
            onOpenChange={props.onMenu}
            onChange={(values) => onChange({ [field]: values.length === 0 ? null : (values as Severity[]) })}
          />
        ))}
        <TimeFilter since={filter.since} until={filter.until} clock={clock} zone={zone} onChange={onChange} />
        {filter.model?.map((model) => (
          <Button
            key={model}
            variant="active"
            title="Take this filter off"
            onClick={() => onChange({ model: filter.model?.filter((each) => each !== model) ?? null })}
          >
            Model <span className="max-w-40 truncate font-mono">{model}</span>
            <X className="size-3.5" aria-hidden />
          </Button>
        ))}
      </div>
      {count > 0 && (
        <Button variant="ghost" aria-label="Clear filters" onClick={() => onChange(CLEAR)}>
          <X className="size-3.5" aria-hidden />
          Clear
        </Button>
      )}
    </div>
  );
});
