'use client';

import { useState } from 'react';
import { SORTS } from '@/components/nodes/fleet/fleet-order';
import { countBy, type FleetFigures, type FleetNode } from '@/components/nodes/fleet/fleet';
import { STATUS_MEANING, STATUS_ORDER } from '@/components/nodes/status';
import { StatusShape } from '@/components/nodes/status-shape';
import { Button } from '@/components/ui/controls/button';
import { formatCount } from '@/components/ui/format';
import { Input } from '@/components/ui/controls/input';
import { MultiSelect } from '@/components/ui/multi-select/multi-select';
import { Segmented } from '@/components/ui/controls/segmented';
import { Select } from '@/components/ui/controls/select';
import type { NodesSearch, ViewId } from './search-params';

const VIEW_OPTIONS: readonly { value: ViewId; label: string }[] = [
  { value: 'grid', label: 'Grid' },
  { value: 'table', label: 'Table' },
  { value: 'timeline', label: 'Timeline' },
];

/** How the fleet is shown, and the filters; the buttons of the statuses also say how many there are of each. */
export function FleetToolbar({
  nodes,
  figures,
  search,
  onSearch,
}: {
  nodes: readonly FleetNode[];
  figures: FleetFigures;
  search: NodesSearch;
  onSearch: (patch: Partial<NodesSearch>) => unknown;
}) {
  const types = [...countBy(nodes, ({ live }) => live.host_type ?? '')];
  const toggle = (status: NodesSearch['status'][number]): void => {
    const on = search.status.includes(status);
    onSearch({ status: on ? search.status.filter((each) => each !== status) : [...search.status, status] });
  };
  return (
    <div
      role="search"
      aria-label="Filter nodes"
      className="flex flex-wrap items-center gap-2 border-b px-3 py-2"
    >
      <Segmented
        label="Show the fleet as"
        value={search.view}
        options={VIEW_OPTIONS}
        onChange={(view) => onSearch({ view })}
      />
      {STATUS_ORDER.toReversed().map((status) => {
        const [count, on] = [figures.statuses.get(status) ?? 0, search.status.includes(status)];
        if (count === 0 && !on) return null;
        return (
          <Button
            key={status}
            variant={on ? 'active' : 'default'}
            aria-pressed={on}
            title={STATUS_MEANING[status]}
            onClick={() => toggle(status)}
          >
            <StatusShape status={status} /> {status} <span className="font-normal">{formatCount(count)}</span>
          </Button>
        );
      })}
      <MultiSelect
        label="Type"
        options={types.map(([value, count]) => ({ value, label: value || 'not said', count }))}
        value={search.type}
        onChange={(type) => onSearch({ type })}
      />
      <NameFilter value={search.q} onChange={(q) => onSearch({ q })} />
      {search.view !== 'table' && (
        <label className="flex items-center gap-1.5 text-xs text-dim">
          Order
          <Select
            value={search.sort ?? ''}
            onChange={(event) => onSearch({ sort: event.target.value === '' ? null : event.target.value })}
          >
            <option value="">trouble first</option>
            {SORTS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
            {search.sort !== null && !SORTS.some(({ value }) => value === search.sort) && (
              <option value={search.sort}>{search.sort}</option>
            )}
          </Select>
        </label>
      )}
      {(search.q !== '' || search.status.length + search.type.length > 0) && (
        <Button variant="ghost" onClick={() => onSearch({ q: '', status: [], type: [] })}>
          Clear
        </Button>
      )}
    </div>
  );
}

/** Keeps what is typed itself, so that the field never waits for the URL. */
function NameFilter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [given, setGiven] = useState(value);
  if (given !== value) {
    setGiven(value);
    setTyped(value);
  }
  return (
    <Input
      type="search"
      aria-label="Name, type or GPU"
      placeholder="Name, type, GPU…"
      className="w-40"
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        setGiven(event.target.value);
        onChange(event.target.value);
      }}
    />
  );
}
