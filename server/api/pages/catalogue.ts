import { router } from '../trpc';

/** What the page /catalogue asks for beyond its live topics. */
export const catalogueProcedures = router({});
