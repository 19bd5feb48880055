import { z } from 'zod';
import { readAddress } from '../../domain/views/address';
import type { Reading } from '../../domain/views/reading';
import { MAX_VIEWS, readViewName, type SavedView } from '../../domain/views/view';
import type { ViewChange } from '../history/view-store';
import { services } from '../services';
import { ApiError } from './errors';
import { operatorProcedure, procedure, router } from './trpc';

/** The answer of `GET /api/views`, in the order in which pages list them. */
export function listViews(): { views: readonly SavedView[] } {
  return { views: services().views.list() };
}

/** What a reading gave. Throws ApiError `bad_request` with its mistake. */
function accepted<T>(reading: Reading<T>): T {
  if (!reading.ok) throw new ApiError('bad_request', reading.mistake);
  return reading.value;
}

/** Changes a view and resolves to it. Throws ApiError that says what stands in the way. */
async function changed(change: ViewChange): Promise<SavedView> {
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
      return outcome.view;
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
  list: procedure.query(() => services().views.list()),
  save: operatorProcedure.input(z.strictObject({ name: text, address: text })).mutation(({ input, ctx }) =>
    changed({
      kind: 'save',
      name: accepted(readViewName(input.name)),
      address: accepted(readAddress(input.address)),
      // Without accounts nobody is told from another.
      author: ctx.principal.kind === 'local' ? null : ctx.principal.name,
    }),
  ),
  rename: operatorProcedure
    .input(z.strictObject({ id, name: text }))
    .mutation(({ input }) =>
      changed({ kind: 'rename', id: input.id, name: accepted(readViewName(input.name)) }),
    ),
  /** Lets a view show what the page shows now. */
  readdress: operatorProcedure
    .input(z.strictObject({ id, address: text }))
    .mutation(({ input }) =>
      changed({ kind: 'readdress', id: input.id, address: accepted(readAddress(input.address)) }),
    ),
  star: operatorProcedure
    .input(z.strictObject({ id, starred: z.boolean() }))
    .mutation(({ input }) => changed({ kind: 'star', ...input })),
  remove: operatorProcedure
    .input(z.strictObject({ id }))
    .mutation(({ input }) => changed({ kind: 'remove', id: input.id })),
});
