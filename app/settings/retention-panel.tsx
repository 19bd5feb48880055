'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useMay } from '@/app/_client/visitor';
import { Button } from '@/components/ui/controls/button';
import { formatBytes, formatCount, formatPlural } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Time } from '@/components/ui/time/time';
import { setsLimit, type RetentionPolicy } from '@/domain/retention/policy';
import type { RetentionStatus } from '@/server/api/settings/retention';
import { RetentionDialog } from './retention-dialog';
import { draftOf, policyOf, type RetentionDraft } from './retention-draft';
import { CategoryFields, GeneralFields, KeptFields } from './retention-fields';

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
        <fieldset disabled={!mayChange} className="contents">
          <GeneralFields draft={draft} errors={errors} onChange={setDraft} />
          <CategoryFields draft={draft} errors={errors} onChange={setDraft} />
          <KeptFields draft={draft} errors={errors} onChange={setDraft} />
        </fieldset>
        <div className="flex flex-wrap items-center gap-2">
          {mayChange && (
            <Button type="submit" size="md" variant="primary" disabled={errors !== null || !changed}>
              Preview change…
            </Button>
          )}
          {mayChange ? (
            <Button size="md" disabled={!changed} onClick={() => setDraft(draftOf(status.policy))}>
              Undo
            </Button>
          ) : (
            <p className="text-xs text-dim">Operators and admins change the limits.</p>
          )}
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
