'use client';

import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Button } from './button';
import { cn } from './cn';
import { MultiSelectList } from './multi-select-list';
import { Popover, PopoverContent, PopoverTrigger } from './popover';

export interface MultiSelectOption {
  readonly value: string;
  /** What is shown and searched; the value itself when absent. */
  readonly label?: string;
  readonly count?: number;
  readonly icon?: ReactNode;
}

/**
 * A filter that takes any number of values: a button that opens a searchable list of checkboxes with counts.
 * Values that are selected but no longer offered stay listed, so that they can be taken off again.
 */
export function MultiSelect({
  label,
  options,
  value,
  onChange,
  className,
}: {
  label: string;
  options: readonly MultiSelectOption[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  className?: string;
}) {
  const [open, setOpen] = useState(false);
  const said = value.length === 1 ? value[0] : `${value.length}`;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button className={cn(value.length > 0 && 'border-accent text-accent', className)}>
          <span>{label}</span>
          {value.length > 0 && <span className="max-w-40 truncate font-mono">{said}</span>}
          <ChevronDown className="size-3.5 text-faint" aria-hidden />
        </Button>
      </PopoverTrigger>
      <PopoverContent className="flex w-80 flex-col p-0" aria-label={`Filter by ${label}`}>
        <MultiSelectList label={label} options={options} value={value} onChange={onChange} />
      </PopoverContent>
    </Popover>
  );
}
