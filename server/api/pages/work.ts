import { router } from '../trpc';

/** What the page /work asks for beyond its live topics. */
export const workProcedures = router({});
