import { router } from '../trpc';

/** What the page /training asks for beyond its live topics. */
export const trainingProcedures = router({});
