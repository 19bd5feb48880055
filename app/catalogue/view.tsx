'use client';

import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { useTopic } from '@/app/_client/live-provider';
import { CategoryIcon, CategoryLabel } from '@/components/ui/category-label';
import { Empty } from '@/components/ui/empty';
import { Input } from '@/components/ui/input';
import { MultiSelect } from '@/components/ui/multi-select';
import { Panel } from '@/components/ui/panel';
import { CATEGORIES } from '@/domain/events/categories';
import type { TypeTrafficEntity } from '@/domain/realtime/entities';
import type { CatalogueEntry } from './entries';
import { matching } from './matching';
import { catalogueParams } from './search-params';
import { TypeEntry } from './type-entry';

export function CatalogueView({ entries }: { entries: readonly CatalogueEntry[] }) {
  const types = useTopic<TypeTrafficEntity>('traffic.types');
  const [{ q, category }, setParams] = useQueryStates(catalogueParams);
  const shown = useMemo(() => matching(entries, q, category), [entries, q, category]);
  const groups = CATEGORIES.map(({ id }) => ({ id, rows: shown.filter((entry) => entry.category === id) }));
  const options = CATEGORIES.filter(({ id }) => entries.some((entry) => entry.category === id)).map(
    ({ id, label }) => ({
      value: id,
      label,
      count: entries.filter((entry) => entry.category === id).length,
      icon: <CategoryIcon category={id} />,
    }),
  );
  return (
    <>
      <div role="search" className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label="Search the catalogue"
          placeholder="Name, field, component, words…"
          className="w-72"
          value={q}
          onChange={(event) => void setParams({ q: event.target.value || null })}
        />
        <MultiSelect
          label="Category"
          options={options}
          value={category}
          onChange={(value) => void setParams({ category: value.length === 0 ? null : value })}
        />
        <span role="status" className="text-xs text-dim">
          {shown.length} of {entries.length} types
        </span>
      </div>
      {shown.length === 0 && <Empty title="Nothing matches">Fewer words or categories show more.</Empty>}
      {groups.map(
        ({ id, rows }) =>
          rows.length > 0 && (
            <Panel key={id} title={<CategoryLabel category={id} />} hint={`${rows.length} types`} flush>
              {rows.map((entry) => (
                <TypeEntry key={entry.name} entry={entry} traffic={types.get(entry.name)} />
              ))}
            </Panel>
          ),
      )}
    </>
  );
}
