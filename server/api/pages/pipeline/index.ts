import * as z from 'zod';
import { services } from '../../../services';
import { procedure, router } from '../../trpc/trpc';
import { pageInput } from '../input';
import { DURATIONS, pipelineDurations, type DurationId } from './durations';
import { pipelineRun, pipelineRuns } from './runs';
import { pipelineTrend } from './trend';

const STATUSES = ['active', 'promoted', 'rejected', 'failed', 'rolled_back', 'stale'] as const;

const runsInput = pageInput.extend({
  status: z.enum(STATUSES).nullable().default(null),
  limit: z.int().min(1).max(200).default(25),
});
const trendInput = pageInput.extend({
  of: z.enum(DURATIONS as readonly [DurationId, ...DurationId[]]).default('lead'),
});

/** What the page /pipeline asks for beyond its live topics. */
export const pipelineProcedures = router({
  runs: procedure.input(runsInput).query(({ input }) => pipelineRuns(services().live.states(), input)),
  run: procedure
    .input(z.strictObject({ run_id: z.string().max(200) }))
    .query(({ input }) => pipelineRun(services().live.states(), input.run_id)),
  durations: procedure
    .input(pageInput)
    .query(({ input }) => pipelineDurations(services().live.states(), input)),
  trend: procedure.input(trendInput).query(({ input }) => pipelineTrend(services().live.states(), input)),
});
