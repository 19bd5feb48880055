import * as z from 'zod';
import { services } from '../../../services';
import { procedure, router } from '../../trpc/trpc';
import { pageInput } from '../input';
import { comparedRuns } from './compare';
import { runEvents, tracebackOf } from './history';
import { compareInput, runInput } from './input';
import { trainingOverview } from './overview';
import { runDetail } from './run';

/** What the pages /training and /training/<job> ask for beyond their live topics. */
export const trainingProcedures = router({
  overview: procedure
    .input(pageInput)
    .query(({ input }) => trainingOverview(services().live.states(), input)),
  compare: procedure
    .input(compareInput)
    .query(({ input }) => comparedRuns(services().live.states(), input.runs)),
  /** Null for a job id that is not kept. */
  run: procedure.input(runInput).query(({ input }) => runDetail(services().live.states(), input.job_id)),
  events: procedure
    .input(runInput)
    .query(({ input }) => runEvents(services().history, services().live.states(), input.job_id)),
  /** The traceback of a failure, by the id of its event; null where it left none. */
  traceback: procedure
    .input(z.strictObject({ event_id: z.string().max(100) }))
    .query(async ({ input }) => ({ text: await tracebackOf(services().history, input.event_id) })),
});
