import { createLoader, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { PICKED, pageSearch } from '@/app/_client/page/page-search';

/** Runs that the page starts with. */
export const RUNS_STEP = 25;

export const RUN_STATUSES = ['active', 'promoted', 'rejected', 'failed', 'rolled_back', 'stale'] as const;
/** Spans whose course can be charted. */
export const TRENDS = [
  ...['lead', 'total', 'sync', 'export', 'training_run', 'evaluation_run', 'distribution', 'sync_run'],
] as const as readonly ['lead', ...TrendId[]];
export type TrendId =
  | 'lead'
  | 'total'
  | 'sync'
  | 'export'
  | 'training_run'
  | 'evaluation_run'
  | 'distribution'
  | 'sync_run';

/** What the URL of the pipeline page says beyond configs and time. */
export const pipelineSearch = {
  /** The config whose graph is shown; empty: all together. */
  graph: parseAsString.withDefault('').withOptions(PICKED),
  runs: parseAsStringLiteral(['waterfall', 'table'] as const)
    .withDefault('waterfall')
    .withOptions(PICKED),
  status: parseAsStringLiteral(RUN_STATUSES).withOptions(PICKED),
  /** The run whose hops are shown one by one. */
  run: parseAsString.withOptions(PICKED),
  trend: parseAsStringLiteral(TRENDS).withDefault('lead').withOptions(PICKED),
};

export const loadPipelineSearch = createLoader({ ...pageSearch, ...pipelineSearch });
export type PipelineSearch = Awaited<ReturnType<typeof loadPipelineSearch>>;
