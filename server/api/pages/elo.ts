import { router } from '../trpc';

/** What the page /elo asks for beyond its live topics. */
export const eloProcedures = router({});
