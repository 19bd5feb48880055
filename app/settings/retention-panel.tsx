'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTRPC } from '@/app/_client/trpc';
import { useMay } from '@/app/_client/visitor';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { formatBytes, formatCount, formatPlural } from '@/components/ui/format';
import { Input } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import { CATEGORIES } from '@/domain/events/categories';
import { setsLimit, type RetentionPolicy } from '@/domain/retention/policy';
import type { RetentionStatus } from '@/server/api/retention';
import { RetentionDialog } from './retention-dialog';
import { draftOf, policyOf, type RetentionDraft } from './retention-draft';

/** While a run is under way its count goes on. */
const FOLLOW_MS = 2_000;

/** How long history is kept: the limits, what the last run did, and a preview before anything changes. */
export function RetentionPanel({ initial }: { initial: RetentionStatus }) {
  const trpc = useTRPC();
  const mayChange = useMay('operate');
  const queries = useQueryClient();
  const options = trpc.retention.status.queryOptions();
  const { data: status } = useQuery({
    ...options,
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.run?.endedAt === null ? FOLLOW_MS : false),
  });
  const [draft, setDraft] = useState<RetentionDraft>(() => draftOf(initial.policy));
  const [asked, setAsked] = useState<RetentionPolicy | null>(null);
  const made = policyOf(draft);
  const errors = 'errors' in made ? made.errors : null;
  const changed = JSON.stringify(draft) !== JSON.stringify(draftOf(status.policy));
  return (
    <Panel
      title="How long history is kept"
      hint={setsLimit(status.policy) ? 'limits are set' : 'everything is kept: no limit is set'}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if ('policy' in made) setAsked(made.policy);
        }}
      >
        <GeneralFields draft={draft} errors={errors} onChange={setDraft} />
        <CategoryFields draft={draft} errors={errors} onChange={setDraft} />
        <KeptFields draft={draft} errors={errors} onChange={setDraft} />
        <div className="flex flex-wrap items-center gap-2">
          {mayChange && (
            <Button type="submit" size="md" variant="primary" disabled={errors !== null || !changed}>
              Preview change…
            </Button>
          )}
          <Button size="md" disabled={!changed} onClick={() => setDraft(draftOf(status.policy))}>
            Undo
          </Button>
          <RunLine status={status} />
        </div>
      </form>
      {asked !== null && (
        <RetentionDialog
          policy={asked}
          onClose={() => setAsked(null)}
          onSet={(next) => {
            queries.setQueryData(options.queryKey, next);
            setDraft(draftOf(next.policy));
            setAsked(null);
          }}
        />
      )}
    </Panel>
  );
}

interface FieldsProps {
  draft: RetentionDraft;
  errors: ReadonlyMap<string, string> | null;
  onChange: (draft: RetentionDraft) => void;
}

function GeneralFields({ draft, errors, onChange }: FieldsProps) {
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

function CategoryFields({ draft, errors, onChange }: FieldsProps) {
  return (
    <fieldset>
      <legend className="pb-2 text-sm font-medium">
        Days by category <span className="text-xs font-normal text-faint">instead of the days above</span>
      </legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(12rem,1fr))] gap-x-6 gap-y-2">
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
    </fieldset>
  );
}

/** An emptied field is no field: the draft then equals the policy it came from. */
function without(days: RetentionDraft['categoryDays']): RetentionDraft['categoryDays'] {
  return Object.fromEntries(Object.entries(days).filter(([, text]) => text !== ''));
}

function KeptFields({ draft, errors, onChange }: FieldsProps) {
  const id = useId();
  const error = errors?.get('keepTypes');
  return (
    <div className="flex flex-col gap-2">
      <label className="flex flex-col gap-1 text-sm" htmlFor={id}>
        Types that are never removed
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

function RunLine({ status: { run, changed } }: { status: RetentionStatus }) {
  return (
    <p role="status" className="text-xs text-dim">
      {run === null && 'Nothing has been removed since this server started.'}
      {run !== null && run.endedAt === null && `Removing: ${formatCount(run.removed)} so far…`}
      {run !== null && run.endedAt !== null && (
        <>
          {run.trouble === null ? (
            'Last run'
          ) : (
            <span className="text-bad">Stopped: {run.trouble}. Last run</span>
          )}{' '}
          <Time at={run.endedAt} />: {formatPlural(run.removed, 'event')} removed
          {run.size !== null && `, ${formatBytes(run.size.usedBytes)} in use`}
          {run.size !== null &&
            !run.size.givesBack &&
            '; stop the server and run `ringside compact` once to give space back'}
          .
        </>
      )}
      {changed !== null && (
        <>
          {' '}
          Limits set <Time at={changed.at} /> by {changed.by}.
        </>
      )}
    </p>
  );
}
