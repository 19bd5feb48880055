import * as z from 'zod';
import { services } from '../../../services';
import { procedure, router } from '../../trpc/trpc';
import { modelLife } from './life';

/** What the pages /models and /models/<id> ask for beyond their live topics. */
export const modelsProcedures = router({
  life: procedure.input(z.strictObject({ model_id: z.string().min(1).max(200) })).query(({ input }) => {
    const { live, history } = services();
    return modelLife(live.states(), history, input.model_id);
  }),
});
