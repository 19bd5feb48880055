'use client';

import { useId } from 'react';
import { cn } from '../cn';

export interface SegmentedOption<V extends string> {
  readonly value: V;
  readonly label: string;
}

/** One of a few settings, all in view: radio buttons in a row, so arrow keys and screen readers work as everywhere. */
export function Segmented<V extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  /** Null: none of them. */
  value: V | null;
  options: readonly SegmentedOption<V>[];
  onChange: (value: V) => void;
}) {
  const name = useId();
  return (
    <fieldset className="inline-flex max-w-full min-w-0 shrink-0 flex-wrap rounded border border-line-strong/60 bg-surface">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            'relative flex h-6.5 cursor-pointer items-center px-2 text-xs whitespace-nowrap first-of-type:rounded-l last-of-type:rounded-r',
            'border-l border-l-line-strong/60 first-of-type:border-l-0',
            'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
            option.value === value ? 'bg-accent-soft font-medium text-accent' : 'text-dim hover:bg-raised',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded outline-none"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
