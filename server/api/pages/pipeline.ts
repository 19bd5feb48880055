import { router } from '../trpc';

/** What the page /pipeline asks for beyond its live topics. */
export const pipelineProcedures = router({});
