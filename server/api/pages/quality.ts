import { router } from '../trpc';

/** What the page /quality asks for beyond its live topics. */
export const qualityProcedures = router({});
