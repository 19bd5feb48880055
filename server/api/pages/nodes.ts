import { router } from '../trpc';

/** What the page /nodes asks for beyond its live topics. */
export const nodesProcedures = router({});
