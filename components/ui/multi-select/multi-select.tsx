'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../controls/button';
import { MultiSelectList, type MultiSelectOption } from './multi-select-list';
import { Popover, PopoverContent, PopoverTrigger } from '../over/popover';

/**
 * A filter that takes any number of values: a button that opens a searchable list of checkboxes with counts.
 * Values that are selected but no longer offered stay listed, so that they can be taken off again.
 */
export function MultiSelect({
  label,
  options,
  value,
  exact,
  onOpenChange,
  onChange,
}: {
  label: string;
  options: readonly MultiSelectOption[];
  value: readonly string[];
  /** False: the counts are estimates. */
  exact?: boolean;
  onOpenChange?: (open: boolean) => void;
  onChange: (value: string[]) => void;
}) {
  const [open, setOpen] = useState(false);
  const active = value.length > 0;
  const turn = (opens: boolean): void => {
    setOpen(opens);
    onOpenChange?.(opens);
  };
  return (
    <Popover open={open} onOpenChange={turn}>
      <PopoverTrigger asChild>
        <Button variant={active ? 'active' : 'default'}>
          <span>{label}</span>
          {active && <span className="max-w-40 truncate">{chosen(options, value)}</span>}
          <ChevronDown className={active ? 'size-3.5' : 'size-3.5 text-faint'} aria-hidden />
        </Button>
      </PopoverTrigger>
      <PopoverContent flush className="flex w-80 flex-col" aria-label={`Filter by ${label}`}>
        <MultiSelectList label={label} options={options} value={value} exact={exact} onChange={onChange} />
      </PopoverContent>
    </Popover>
  );
}

/** One value by its label, several by their number. */
function chosen(options: readonly MultiSelectOption[], value: readonly string[]): string {
  const [only] = value;
  if (only === undefined || value.length > 1) return `${value.length}`;
  return options.find((option) => option.value === only)?.label ?? only;
}
