import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { viewer } from '@/app/_access/guard';
import { jobIdOf } from '@/components/training/href';
import { runEvents, tracebackOf } from '@/server/api/pages/training/history';
import { runDetail, type RunDetail } from '@/server/api/pages/training/run';
import { services } from '@/server/services';
import { RunView } from './view';

interface Props {
  params: Promise<{ job_id: string }>;
}

/** Once per request, for title and page alike. */
const find = cache((segment: string): RunDetail | null => {
  const id = jobIdOf(segment);
  return id === null ? null : runDetail(services().live.states(), id);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await viewer();
  const run = find((await params).job_id);
  return { title: run === null ? 'No such run' : run.entity.job_id };
}

export default async function RunPage({ params }: Props) {
  await viewer();
  const { live, history } = services();
  const asOf = live.status().as_of_seq;
  const run = find((await params).job_id);
  if (run === null) notFound();
  const { job_id } = run.entity;
  const failure = run.failures.at(-1);
  const [events, traceback] = await Promise.all([
    runEvents(history, live.states(), job_id),
    failure === undefined ? null : tracebackOf(history, failure.id),
  ]);
  return <RunView key={job_id} jobId={job_id} asOf={asOf} run={run} events={events} traceback={traceback} />;
}
