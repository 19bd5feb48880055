import { router } from '../trpc';

/** What the page /router asks for beyond its live topics. */
export const routerPageProcedures = router({});
