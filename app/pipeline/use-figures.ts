'use client';

import { useMemo } from 'react';
import type { PageInput } from '@/app/_client/page/page-search';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery, type Initial } from '@/app/_client/queries/use-live-query';
import { STAGES, type StageEntity } from '@/domain/realtime/entities';
import type { DurationRow } from '@/server/api/pages/pipeline/durations';
import type { RunsAnswer, RunsInput } from '@/server/api/pages/pipeline/runs';
import type { TrendInput, TrendLine } from '@/server/api/pages/pipeline/trend';
import type { PipelineSearch } from './search-params';

/** What the server rendered the page with. */
export interface PipelineInitial {
  readonly durations: Initial<PageInput, DurationRow[]>;
  readonly runs: Initial<RunsInput, RunsAnswer>;
  readonly trend: Initial<TrendInput, TrendLine[]>;
}

const NO_ROWS: DurationRow[] = [];
const NO_LINES: TrendLine[] = [];
const NO_RUNS: RunsAnswer = { runs: [], total: 0 };

/** Durations, their trend and the runs, as the URL asks for them, asked again when a run or a sync moved. */
export function usePipelineFigures({
  input,
  search,
  limit,
  stages,
  initial,
}: {
  input: PageInput;
  search: Pick<PipelineSearch, 'status' | 'trend'>;
  limit: number;
  stages: ReadonlyMap<string, StageEntity>;
  initial: PipelineInitial;
}) {
  const trpc = useTRPC();
  const moved = movesOf(stages);
  const runsInput: RunsInput = { ...input, status: search.status, limit };
  const trendInput: TrendInput = { ...input, of: search.trend };
  const pages = trpc.pages.pipeline;
  const durations = useLiveQuery(pages.durations.queryOptions(input), input, moved, initial.durations);
  const runs = useLiveQuery(pages.runs.queryOptions(runsInput), runsInput, moved, initial.runs);
  const trend = useLiveQuery(pages.trend.queryOptions(trendInput), trendInput, moved, initial.trend);
  const rows = durations.data ?? NO_ROWS;
  const byConfig = useMemo(() => new Map(rows.map((row) => [row.config, row])), [rows]);
  return { durations: rows, byConfig, runs: runs.data ?? NO_RUNS, trend: trend.data ?? NO_LINES };
}

/** Stages whose steps move runs and syncs; games alone change no duration. */
const MOVING = STAGES.slice(STAGES.indexOf('sync'));

/** A text that changes exactly when a run or a sync took a step. */
function movesOf(stages: ReadonlyMap<string, StageEntity>): string {
  return MOVING.map((stage) => {
    const { count, failed, in_progress: running } = stages.get(stage) ?? NOTHING;
    return `${count} ${failed} ${running}`;
  }).join('|');
}

const NOTHING = { count: 0, failed: 0, in_progress: 0 };
