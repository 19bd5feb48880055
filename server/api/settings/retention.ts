import * as z from 'zod';
import { retentionPolicySchema } from '../../../domain/retention/policy';
import { services } from '../../services';
import { operatorProcedure, procedure, router } from '../trpc/trpc';

const policyInput = z.strictObject({ policy: retentionPolicySchema });

/** How long history is kept: what is set, what a change would remove, and the change itself. */
export const retentionProcedures = router({
  status: procedure.query(() => services().retention.status()),
  preview: procedure.input(policyInput).query(({ input }) => services().retention.preview(input.policy)),
  /** Stores the policy and applies it at once; answers with the policy that is now in force. */
  set: operatorProcedure.input(policyInput).mutation(async ({ input, ctx }) => {
    await services().retention.set(input.policy, ctx.principal.name);
    return services().retention.status();
  }),
});
export type { RetentionPreview } from '../../history/retention/preview';
export type { RetentionStatus } from '../../history/retention/keeper';
