'use client';

import { useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { useTopic } from '@/app/_client/live/live-provider';
import { CategoryIcon, CategoryLabel } from '@/components/ui/names/category-label';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount } from '@/components/ui/format';
import { Input } from '@/components/ui/controls/input';
import { MultiSelect } from '@/components/ui/multi-select/multi-select';
import { Panel } from '@/components/ui/panel/panel';
import { Segmented } from '@/components/ui/controls/segmented';
import { CATEGORIES } from '@/domain/events/catalogue/categories';
import type { TypeEntity } from '@/domain/projections/traffic';
import type { CatalogueEntry } from './entries';
import { hintOf, matching, uncatalogued } from './matching';
import { catalogueParams } from './search-params';
import { TypeRow } from './type-row';

const { q: qParam, category: categoryParam, seen: seenParam, open: openParam } = catalogueParams;
const PARAMS = { q: qParam, category: categoryParam, seen: seenParam, open: openParam };
const SEEN_OPTIONS = [
  { value: 'all', label: 'All' },
  { value: 'seen', label: 'Seen' },
  { value: 'unseen', label: 'Never seen' },
  { value: 'drifted', label: 'Drifted' },
] as const;

export function TypeList({ entries }: { entries: readonly CatalogueEntry[] }) {
  const types = useTopic<TypeEntity>('traffic.types');
  const [{ q, category, seen, open }, setParams] = useQueryStates(PARAMS);
  const wanted = useMemo(() => ({ search: q, categories: category, seen }), [q, category, seen]);
  const shown = matching(entries, wanted, types);
  const unknown = uncatalogued(types, wanted);
  const toggle = useCallback(
    (type: string) =>
      void setParams(({ open: before }) => ({
        open: before.includes(type) ? before.filter((each) => each !== type) : [...before.slice(-9), type],
      })),
    [setParams],
  );
  const groups = CATEGORIES.map(({ id }) => ({ id, rows: shown.filter((entry) => entry.category === id) }));
  return (
    <>
      <div role="search" className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label="Search the catalogue"
          placeholder="Name, alias, field, component, words"
          className="w-72"
          value={q}
          onChange={(event) => void setParams({ q: event.target.value || null })}
        />
        <CategoryFilter
          entries={entries}
          value={category}
          onChange={(value) => void setParams({ category: value.length === 0 ? null : value })}
        />
        <Segmented
          label="In this history"
          value={seen}
          options={SEEN_OPTIONS}
          onChange={(value) => void setParams({ seen: value })}
        />
        <span role="status" className="text-xs text-dim">
          {formatCount(shown.length)} of {formatCount(entries.length)} types
          {unknown.length > 0 && `, ${formatCount(unknown.length)} uncatalogued`}
        </span>
      </div>
      {shown.length + unknown.length === 0 && (
        <Empty title="Nothing matches">Fewer words or filters show more.</Empty>
      )}
      {unknown.length > 0 && (
        <Panel title="Uncatalogued" hint="seen in this history; the catalogue has no entry for them" flush>
          {unknown.map((type) => (
            <TypeRow
              key={type.event_type}
              name={type.event_type}
              entry={null}
              traffic={type}
              open={open.includes(type.event_type)}
              onToggle={toggle}
            />
          ))}
        </Panel>
      )}
      {groups.map(
        ({ id, rows }) =>
          rows.length > 0 && (
            <Panel key={id} title={<CategoryLabel category={id} />} hint={hintOf(rows, types)} flush>
              {rows.map((entry) => (
                <TypeRow
                  key={entry.name}
                  name={entry.name}
                  entry={entry}
                  traffic={types.get(entry.name)}
                  open={open.includes(entry.name)}
                  onToggle={toggle}
                />
              ))}
            </Panel>
          ),
      )}
    </>
  );
}

function CategoryFilter({
  entries,
  value,
  onChange,
}: {
  entries: readonly CatalogueEntry[];
  value: readonly string[];
  onChange: (value: string[]) => void;
}) {
  const options = useMemo(
    () =>
      CATEGORIES.map(({ id, label }) => ({
        value: id,
        label,
        count: entries.filter((entry) => entry.category === id).length,
        icon: <CategoryIcon category={id} />,
      })).filter(({ value: id, count }) => count > 0 || id === 'uncatalogued'),
    [entries],
  );
  return <MultiSelect label="Category" options={options} value={value} onChange={onChange} />;
}
