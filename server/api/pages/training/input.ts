import * as z from 'zod';
import { endOf, type Run } from '../../../../domain/projections/training';
import { wants, type PageInput } from '../input';

/** As many runs as a reader can tell apart on one chart. */
export const MAX_COMPARED = 8;

/** A job id is any text; what the state keeps has 200 characters at most. */
export const jobId = z.string().min(1).max(200);

export const compareInput = z.strictObject({ runs: z.array(jobId).max(MAX_COMPARED) });
export const runInput = z.strictObject({ job_id: jobId });

/** Whether some of a run lies in the stretch asked for, and its config is wanted. */
export function touches(run: Run, input: PageInput): boolean {
  const last = endOf(run) ?? run.at;
  return (
    wants(run.config, input) &&
    (input.since === null || last >= input.since) &&
    (input.until === null || run.begin <= input.until)
  );
}
