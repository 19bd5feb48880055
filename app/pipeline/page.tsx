import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { viewer } from '@/app/_access/guard';
import { LiveTopics } from '@/app/_client/live/live-provider';
import { inputOf } from '@/app/_client/page/page-search';
import { pipelineDurations } from '@/server/api/pages/pipeline/durations';
import { pipelineRuns, type RunsInput } from '@/server/api/pages/pipeline/runs';
import { pipelineTrend, type TrendInput } from '@/server/api/pages/pipeline/trend';
import { services } from '@/server/services';
import { loadPipelineSearch, RUNS_STEP, type PipelineSearch } from './search-params';
import type { PipelineInitial } from './use-figures';
import { PipelineView } from './view';

export const metadata: Metadata = { title: 'Pipeline' };

function initialOf(search: PipelineSearch): PipelineInitial {
  const { live } = services();
  const states = live.states();
  const input = inputOf(search, live.clock());
  const runs: RunsInput = { ...input, status: search.status, limit: RUNS_STEP };
  const trend: TrendInput = { ...input, of: search.trend };
  return {
    durations: { input, data: pipelineDurations(states, input) },
    runs: { input: runs, data: pipelineRuns(states, runs) },
    trend: { input: trend, data: pipelineTrend(states, trend) },
  };
}

export default async function PipelinePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await viewer();
  const initial = initialOf(await loadPipelineSearch(searchParams));
  return (
    <LiveTopics
      snapshots={services().live.snapshot(['pipeline.stages', 'pipeline.cells', 'lifecycle.findings'])}
    >
      <PipelineView initial={initial} />
    </LiveTopics>
  );
}
