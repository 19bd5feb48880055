import * as z from 'zod';
import { readAddress } from '../../../domain/views/address';
import type { Reading } from '../../../domain/views/reading';
import { may } from '../../../domain/access/permissions';
import type { Principal } from '../../../domain/access/principal';
import {
  MAX_VIEWS,
  readViewName,
  viewFor,
  type SavedView,
  type ViewReader,
} from '../../../domain/views/view';
import type { ViewChange } from '../../history/views/view-store';
import { services } from '../../services';
import { ApiError } from '../refusals/errors';
import { operatorProcedure, procedure, router } from '../trpc/trpc';

/** Whose stars whoever asks sees, and whose views they may change. */
function readerOf({ id, role }: Principal): ViewReader {
  return { id, changes: may(role, 'administer') ? 'all' : may(role, 'operate') ? 'own' : 'none' };
}

/** The views as whoever asks sees them, in the order in which pages list them. */
export function viewsFor(principal: Principal): readonly SavedView[] {
  return services().views.list(readerOf(principal));
}

/** What a reading gave. Throws ApiError `bad_request` with its mistake. */
function accepted<T>(reading: Reading<T>): T {
  if (!reading.ok) throw new ApiError('bad_request', reading.mistake);
  return reading.value;
}

type Wish = ViewChange extends infer Each
  ? Each extends { by: ViewReader }
    ? Omit<Each, 'by'>
    : Each
  : never;

/** Changes a view and resolves to it. Throws ApiError that says what stands in the way. */
async function changed(wish: Wish, principal: Principal): Promise<SavedView> {
  const by = readerOf(principal);
  const change = wish.kind === 'save' ? wish : { ...wish, by };
  const outcome = await services()
    .views.change(change)
    .catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'HistoryUnavailableError') throw error;
      throw new ApiError(
        'unavailable',
        'the view was not changed: history takes nothing right now; try again',
      );
    });
  switch (outcome.status) {
    case 'done':
      return viewFor(outcome.view, by);
    case 'not_yours':
      throw new ApiError(
        'forbidden',
        `this view is ${outcome.author ?? 'another one'}’s: save yours under another name, or ask them or an admin`,
      );
    case 'name_taken':
      throw new ApiError('conflict', 'name: another view has this name; choose another one');
    case 'full':
      throw new ApiError('conflict', `there are ${MAX_VIEWS} views, as many as are kept; remove one first`);
    case 'missing':
      throw new ApiError('not_found', 'this view is gone: somebody removed it');
  }
}

/** Lengths of names and addresses are judged by `domain/views`, which explains them; these only bound the work. */
const text = z.string().max(20_000);
const id = z.int().positive();

export const viewProcedures = router({
  list: procedure.query(({ ctx: { principal } }) => viewsFor(principal)),
  save: operatorProcedure
    .input(z.strictObject({ name: text, address: text }))
    .mutation(({ input, ctx: { principal } }) => {
      // Without accounts nobody is told from another.
      const known = principal.kind !== 'local';
      const wish = {
        kind: 'save',
        name: accepted(readViewName(input.name)),
        address: accepted(readAddress(input.address)),
        author: known ? principal.name : null,
        authorId: known ? principal.id : null,
      } as const;
      return changed(wish, principal);
    }),
  rename: operatorProcedure
    .input(z.strictObject({ id, name: text }))
    .mutation(({ input, ctx }) =>
      changed({ kind: 'rename', id: input.id, name: accepted(readViewName(input.name)) }, ctx.principal),
    ),
  /** Lets a view show what the page shows now. */
  readdress: operatorProcedure
    .input(z.strictObject({ id, address: text }))
    .mutation(({ input, ctx }) =>
      changed(
        { kind: 'readdress', id: input.id, address: accepted(readAddress(input.address)) },
        ctx.principal,
      ),
    ),
  /** Stars are each one's own, so who may look may set them. */
  star: procedure
    .input(z.strictObject({ id, starred: z.boolean() }))
    .mutation(({ input, ctx }) => changed({ kind: 'star', ...input }, ctx.principal)),
  remove: operatorProcedure
    .input(z.strictObject({ id }))
    .mutation(({ input, ctx }) => changed({ kind: 'remove', id: input.id }, ctx.principal)),
});
