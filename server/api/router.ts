import * as z from 'zod';
import { rowWriter } from '../../domain/query';
import { eventFilterSchema } from '../live/feeds/feed-request';
import { services } from '../services';
import { accessProcedures } from './settings/access';
import { actionProcedures } from './actions';
import { ApiError } from './refusals/errors';
import { getEvent, lookUpEvents, scannedTo } from './events/events';
import { pageProcedures } from './pages';
import { BUCKETS, MAX_BUCKETS, MAX_VALUES, summaryOf, VALUES } from './events/summary';
import { retentionProcedures } from './settings/retention';
import { paletteProcedures } from './shell/palette';
import { procedure, router } from './trpc/trpc';
import { viewProcedures } from './shell/views';

const listInput = z.strictObject({
  filter: eventFilterSchema,
  order: z.enum(['asc', 'desc']).default('desc'),
  limit: z.int().min(1).max(500).default(100),
  cursor: z.string().max(100).nullish(),
  count: z.boolean().default(true),
});

const events = router({
  /** A page of rows, maybe not a full one; `total` is -1 when it was not asked for. Ends when the browser leaves. */
  list: procedure.input(listInput).query(async ({ input: { filter, cursor, ...options }, signal }) => {
    const page = await lookUpEvents(filter, { ...options, cursor: cursor ?? undefined }, signal);
    return {
      events: page.events.map(rowWriter(filter.asked?.node)),
      next_cursor: page.nextCursor,
      total: page.total,
      head_seq: services().history.headSeq,
      ...scannedTo(page),
    };
  }),
  byId: procedure
    .input(z.strictObject({ event_id: z.string().max(100) }))
    .query(({ input }) => getEvent(input.event_id)),
  neighbours: procedure.input(z.strictObject({ event_id: z.string().max(100) })).query(async ({ input }) => {
    const { seq } = await getEvent(input.event_id);
    const event = await services().history.bySeq(seq);
    if (!event) throw new ApiError('not_found', 'no event has this id');
    const found = await services().history.neighbours(event);
    return {
      prev_by_config: found.prevByConfig,
      next_by_config: found.nextByConfig,
      prev_by_node: found.prevByNode,
      next_by_node: found.nextByNode,
    };
  }),
  /** Counts of what matches, by field and over time; ends when the browser leaves. */
  summary: procedure
    .input(
      z.strictObject({
        filter: eventFilterSchema,
        buckets: z.int().min(1).max(MAX_BUCKETS).default(BUCKETS),
        values: z.int().min(1).max(MAX_VALUES).default(VALUES),
        exact: z.boolean().default(false),
      }),
    )
    .query(({ input: { filter, ...ask }, signal }) => summaryOf(filter, ask, signal)),
  /** Values that occur in this history with their number of events, for filters. */
  facets: procedure.query(() => services().history.facets(500)),
});

const deadLetters = router({
  list: procedure
    .input(
      z.strictObject({ limit: z.int().min(1).max(200).default(50), before: z.int().positive().optional() }),
    )
    .query(async ({ input }) => {
      const { letters, total } = await services().history.listDeadLetters({ status: 'open', ...input });
      return {
        total,
        letters: letters.map(({ eventType, eventId, ...letter }) => ({
          ...letter,
          event_type: eventType,
          event_id: eventId,
        })),
      };
    }),
});

export const appRouter = router({
  events,
  deadLetters,
  retention: retentionProcedures,
  pages: pageProcedures,
  access: accessProcedures,
  palette: paletteProcedures,
  views: viewProcedures,
  actions: actionProcedures,
});
export type AppRouter = typeof appRouter;
