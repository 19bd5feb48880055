'use client';

import { useId, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/controls/input';
import { CATEGORIES } from '@/domain/events/catalogue/categories';
import type { RetentionDraft } from './retention-draft';

interface FieldsProps {
  draft: RetentionDraft;
  errors: ReadonlyMap<string, string> | null;
  onChange: (draft: RetentionDraft) => void;
}

/** Limits for all events. */
export function GeneralFields({ draft, errors, onChange }: FieldsProps) {
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-3">
      <Field
        label="Keep events for"
        unit="days"
        value={draft.days}
        error={errors?.get('days')}
        hint="by event time; empty: for ever"
        onChange={(days) => onChange({ ...draft, days })}
      />
      <Field
        label="Keep the file below"
        unit="GB"
        value={draft.gigabytes}
        error={errors?.get('gigabytes')}
        hint="above it the oldest go; empty: any size"
        onChange={(gigabytes) => onChange({ ...draft, gigabytes })}
      />
    </div>
  );
}

/** Limits of their own for categories. */
export function CategoryFields({ draft, errors, onChange }: FieldsProps) {
  const own = CATEGORIES.filter(({ id }) => draft.categoryDays[id] !== undefined);
  // Who set some, or mistyped one, sees them; what is typed meanwhile must not shut them.
  const [open, setOpen] = useState(own.length > 0);
  return (
    <details
      open={open || own.some(({ id }) => errors?.has(id))}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className="cursor-pointer text-sm font-medium">
        Days by category{' '}
        <span className="text-xs font-normal text-faint">
          instead of the days above: {own.length === 0 ? 'none' : own.map(({ label }) => label).join(', ')}
        </span>
      </summary>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(12rem,1fr))] gap-x-6 gap-y-2 pt-2">
        {CATEGORIES.map(({ id, label }) => (
          <Field
            key={id}
            row
            label={label}
            unit="days"
            value={draft.categoryDays[id] ?? ''}
            placeholder={draft.days === '' ? '–' : draft.days}
            error={errors?.get(id)}
            onChange={(days) =>
              onChange({ ...draft, categoryDays: without({ ...draft.categoryDays, [id]: days }) })
            }
          />
        ))}
      </div>
    </details>
  );
}

/** An emptied field is no field: the draft then equals the policy it came from. */
function without(days: RetentionDraft['categoryDays']): RetentionDraft['categoryDays'] {
  return Object.fromEntries(Object.entries(days).filter(([, text]) => text !== ''));
}

/** What no limit removes. */
export function KeptFields({ draft, errors, onChange }: FieldsProps) {
  const id = useId();
  const error = errors?.get('keepTypes');
  return (
    <div className="flex flex-col gap-2">
      <label className="flex flex-col gap-1 text-sm" htmlFor={id}>
        Types that are never removed, in any spelling
      </label>
      <Input
        id={id}
        className="w-full max-w-3xl font-mono text-xs"
        value={draft.keepTypes}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={({ target }) => onChange({ ...draft, keepTypes: target.value })}
      />
      {error !== undefined && (
        <span id={`${id}-error`} className="text-xs text-bad">
          {error}
        </span>
      )}
      <label className="flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          checked={draft.keepManual}
          onChange={({ target }) => onChange({ ...draft, keepManual: target.checked })}
        />
        Never remove what operators did here
      </label>
    </div>
  );
}

function Field({
  label,
  unit,
  value,
  hint,
  error,
  placeholder,
  row = false,
  onChange,
}: {
  label: string;
  unit: string;
  value: string;
  hint?: string;
  error: string | undefined;
  placeholder?: string;
  /** Label and field on one line. */
  row?: boolean;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className={row ? 'grid grid-cols-[1fr_auto] items-center gap-x-2' : 'flex flex-col gap-1'}>
      <label htmlFor={id} className={row ? 'text-xs text-dim' : 'text-sm'}>
        {label}
      </label>
      <span className="flex items-center gap-2">
        <Input
          id={id}
          inputMode="decimal"
          className="w-20 text-right text-xs tabular-nums"
          value={value}
          placeholder={placeholder}
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => onChange(target.value)}
        />
        <span className="text-xs text-faint">{unit}</span>
      </span>
      {(error ?? hint) !== undefined && (
        <span
          id={`${id}-hint`}
          className={cn(
            'text-xs',
            error === undefined ? 'text-faint' : 'text-bad',
            row && 'col-span-2 text-right',
          )}
        >
          {error ?? hint}
        </span>
      )}
    </div>
  );
}
