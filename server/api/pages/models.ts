import { router } from '../trpc';

/** What the page /models asks for beyond its live topics. */
export const modelsProcedures = router({});
