import * as z from 'zod';
import { composeInput, promoteInput, releaseInput, rollbackInput } from '../../../domain/actions';
import { services } from '../../services';
import { operatorProcedure, procedure, router } from '../trpc/trpc';
import { promote, releaseHold, rollback } from './champions';
import { checkComposed, checkInput, compose } from './compose';
import { promotionEvidence, rollbackEvidence } from './evidence';
import { actionDetail, listActions, listInput } from './log';
import { request, requestInput } from './request';

const name = z.string().min(1).max(200);

/** What operators do, and what is known of it: pages, palette and command line all come through here. */
export const actionProcedures = router({
  promotionEvidence: procedure
    .input(z.strictObject({ model_id: name }))
    .query(({ input }) => promotionEvidence(services().live.states(), input.model_id)),
  rollbackEvidence: procedure
    .input(z.strictObject({ model_id: name, rollback_to: name.nullable().default(null) }))
    .query(({ input }) => rollbackEvidence(services().live.states(), input.model_id, input.rollback_to)),
  promote: operatorProcedure
    .input(promoteInput)
    .mutation(({ ctx, input }) => promote(ctx.actor, ctx.principal.role, input)),
  rollback: operatorProcedure.input(rollbackInput).mutation(({ ctx, input }) => rollback(ctx.actor, input)),
  releaseHold: operatorProcedure
    .input(releaseInput)
    .mutation(({ ctx, input }) => releaseHold(ctx.actor, input)),
  request: operatorProcedure.input(requestInput).mutation(({ ctx, input }) => request(ctx.actor, input)),
  /** A mutation, because a payload may be too long for an address; it changes nothing. */
  checkComposed: operatorProcedure.input(checkInput).mutation(({ input }) => checkComposed(input)),
  compose: operatorProcedure.input(composeInput).mutation(({ ctx, input }) => compose(ctx.actor, input)),
  list: procedure.input(listInput).query(({ input }) => listActions(input)),
  detail: procedure
    .input(z.strictObject({ action_id: z.string().max(100) }))
    .query(({ input }) => actionDetail(input.action_id)),
});
