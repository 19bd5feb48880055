'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { useServerFigure } from '@/app/_client/live/live-provider';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery } from '@/app/_client/queries/use-live-query';
import { Page } from '@/components/shell/page/page';
import { runHref } from '@/components/training/href';
import { Button } from '@/components/ui/controls/button';
import type { RunEvents } from '@/server/api/pages/training/history';
import type { RunDetail } from '@/server/api/pages/training/run';
import { RunStatus } from '../looks';
import { EpochsPanel } from './epochs-panel';
import { EventsPanel } from './events-panel';
import { FailurePanel } from './failure-panel';
import { HappeningsPanel } from './happenings-panel';
import { LineagePanel } from './lineage-panel';
import { LossPanel } from './loss-panel';
import { RunFigures } from './run-figures';

export function RunView({
  jobId,
  asOf,
  run: first,
  events: firstEvents,
  traceback,
}: {
  jobId: string;
  /** The seq up to which `run` knows. */
  asOf: number;
  run: RunDetail;
  events: RunEvents;
  traceback: string | null;
}) {
  const trpc = useTRPC();
  const input = useMemo(() => ({ job_id: jobId }), [jobId]);
  // Also of a run that has ended: what became of its model comes after that.
  const version = useServerFigure(({ as_of_seq: newest }) => newest);
  const asked = useLiveQuery(trpc.pages.training.run.queryOptions(input), input, version, {
    input,
    data: first,
    version: asOf,
  });
  // Null once the run is forgotten: what was known of it stays on the screen.
  const run = asked.data ?? first;
  const { data: events = firstEvents } = useLiveQuery(
    trpc.pages.training.events.queryOptions(input),
    input,
    run.events,
    { input, data: firstEvents },
  );
  const { entity } = run;
  return (
    <Page
      title={jobId}
      up={{ href: '/training', label: 'Training' }}
      lead={
        <span className="flex min-w-0 flex-wrap items-center gap-x-2">
          <RunStatus status={entity.status} />
          <span>
            training of <span className="font-mono">{entity.config ?? 'no config'}</span> on{' '}
            <span className="font-mono">{entity.node ?? 'an unknown node'}</span>
          </span>
        </span>
      }
      header={<Ways run={run} />}
    >
      <RunFigures run={run} />
      {run.failures.length > 0 && (
        <FailurePanel
          failures={run.failures}
          ended={entity.status === 'failed'}
          traceback={traceback}
          first={first}
        />
      )}
      <LossPanel run={run} />
      <div className="grid min-w-0 gap-3 xl:grid-cols-2">
        <LineagePanel run={run} />
        <HappeningsPanel run={run} />
      </div>
      <EpochsPanel run={run} />
      <EventsPanel jobId={jobId} events={events} run={run} />
    </Page>
  );
}

/** To the runs before and after of the same config, and to the comparison. */
function Ways({ run: { entity, previous, next } }: { run: RunDetail }) {
  const step = (id: string | null, label: string) =>
    id === null ? null : (
      <Button asChild>
        <Link href={runHref(id)} prefetch={false} title={id}>
          {label}
        </Link>
      </Button>
    );
  const compared = new URLSearchParams([entity.job_id, previous].flatMap((id) => (id ? [['run', id]] : [])));
  return (
    <div className="flex flex-wrap gap-2">
      {step(previous, '← Run before')}
      {step(next, 'Run after →')}
      <Button asChild>
        <Link href={`/training?${compared.toString()}`} prefetch={false}>
          Compare
        </Link>
      </Button>
    </div>
  );
}
