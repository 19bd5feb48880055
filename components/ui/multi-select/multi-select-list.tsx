'use client';

import { Check } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useId, useState } from 'react';
import { Button } from '../controls/button';
import { cn } from '../cn';
import { Empty } from '../panel/empty';
import { formatCount } from '../format';
import { Input } from '../controls/input';
import { moveCursor, toggle, visibleOptions } from './multi-select-model';

export interface MultiSelectOption {
  readonly value: string;
  /** What is shown and searched; the value itself when absent. */
  readonly label?: string;
  readonly count?: number;
  readonly icon?: ReactNode;
}

/** Search field and listbox: focus stays in the field, arrows move, Enter ticks. */
export function MultiSelectList({
  label,
  options,
  value,
  exact = true,
  onChange,
}: {
  label: string;
  options: readonly MultiSelectOption[];
  value: readonly string[];
  /** False: the counts are estimates. */
  exact?: boolean;
  onChange: (value: string[]) => void;
}) {
  const id = useId();
  const [search, setSearch] = useState('');
  const [cursor, setCursor] = useState(0);
  const shown: readonly MultiSelectOption[] = visibleOptions(options, value, search);
  const current = Math.min(cursor, shown.length - 1);

  const moveTo = (index: number): void => {
    setCursor(index);
    document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moveCursor(event.key, current, shown.length);
    const option = shown[current];
    if (next !== null) moveTo(next);
    else if (event.key === 'Enter' && option !== undefined) onChange(toggle(value, option.value));
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="border-b p-2">
        <Input
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={current >= 0 ? `${id}-${current}` : undefined}
          aria-label={`Search ${label}`}
          placeholder="Search…"
          className="w-full"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setCursor(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-multiselectable
        aria-label={label}
        tabIndex={-1}
        className="max-h-72 overflow-y-auto p-1"
      >
        {shown.map((option, index) => (
          <Row
            key={option.value}
            id={`${id}-${index}`}
            option={option}
            exact={exact}
            selected={value.includes(option.value)}
            current={index === current}
            onPick={() => onChange(toggle(value, option.value))}
          />
        ))}
      </div>
      {shown.length === 0 && <Empty title="Nothing matches" className="py-4" />}
      <div className="flex items-center justify-between border-t p-2 text-xs text-faint">
        <span role="status">{value.length} selected</span>
        <Button variant="ghost" disabled={value.length === 0} onClick={() => onChange([])}>
          Clear
        </Button>
      </div>
    </>
  );
}

function Row({
  id,
  option,
  exact,
  selected,
  current,
  onPick,
}: {
  id: string;
  option: MultiSelectOption;
  exact: boolean;
  selected: boolean;
  current: boolean;
  onPick: () => void;
}) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      // The search field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
      className={cn(
        'flex cursor-pointer items-center gap-2 rounded-sm px-2 py-1 text-xs hover:bg-raised',
        current && 'bg-raised',
      )}
    >
      <span
        aria-hidden
        className={cn(
          'flex size-3.5 shrink-0 items-center justify-center rounded-sm border',
          selected ? 'border-accent bg-accent text-on-accent' : 'border-line-strong',
        )}
      >
        {selected && <Check className="size-3" />}
      </span>
      {option.icon}
      <span className="min-w-0 flex-1 truncate">{option.label ?? option.value}</span>
      {option.count !== undefined && (
        <span className="text-faint tabular-nums">
          {exact || option.count === 0 ? '' : '≈'}
          {formatCount(option.count)}
        </span>
      )}
    </div>
  );
}
