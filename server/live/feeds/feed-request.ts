import * as z from 'zod';
import { parseQuery, sayMistake, type Mistake } from '../../../domain/query';
import { CATEGORIES } from '../../../domain/events/catalogue/categories';
import { SEVERITIES } from '../../../domain/events/envelope';
import { lineOf } from '../../api/refusals/said';
import type { EventFilter, FeedError, FeedRequest, TopicRequest } from '../../../domain/realtime/contract';

const names = z.array(z.string().min(1).max(300)).max(200).optional();

/** A filter as it arrives from outside; anything else in it is refused by name. */
const filterFields = z.strictObject({
  q: z.string().optional(),
  type: names,
  category: z.array(z.enum(CATEGORIES.map(({ id }) => id))).optional(),
  node: names,
  config: names,
  model: names,
  source: names,
  severity: z.array(z.enum(SEVERITIES)).optional(),
  since: z.number().optional(),
  until: z.number().optional(),
} satisfies Record<Exclude<keyof EventFilter, 'asked'>, z.ZodType>);

/** The filter with its query read; relative times count from now. A mistake in the query is an issue of `q`. */
export const eventFilterSchema = filterFields.transform(({ q, ...filter }, context): EventFilter => {
  if (q === undefined) return filter;
  const parsed = parseQuery(q);
  if (parsed.ok) return { ...filter, asked: { node: parsed.node, now: Date.now() / 1000 } };
  const [mistake] = parsed.mistakes;
  context.addIssue({ code: 'custom', path: ['q'], message: sayMistake(mistake), params: { mistake } });
  return z.NEVER;
});

const feedRequestSchema: z.ZodType<FeedRequest> = z.strictObject({
  feed_id: z.string().min(1).max(100),
  shape: z.enum(['row', 'packed_row', 'dot']),
  filter: eventFilterSchema,
  after_seq: z.int().min(0).nullable(),
  limit: z.int().min(1).max(5_000),
  complete: z.boolean().optional(),
});

const topicRequestsSchema: z.ZodType<TopicRequest[]> = z
  .array(
    z.strictObject({
      topic: z.string().max(100),
      epoch: z.string().max(100).optional(),
      rev: z.int().min(0).optional(),
    }),
  )
  .max(100);

/** What a browser sent over the socket, or why it is no request; never throws. */
export function parseFeedRequest(value: unknown): { request: FeedRequest } | { error: FeedError } {
  const result = feedRequestSchema.safeParse(value);
  if (result.success) return { request: result.data };
  const [issue] = result.error.issues;
  const mistake =
    issue?.code === 'custom' ? (issue.params as { mistake?: Mistake } | undefined)?.mistake : undefined;
  if (mistake)
    return {
      error: { code: 'bad_query', message: `the query has a mistake ${sayMistake(mistake)}`, mistake },
    };
  return {
    error: { code: 'bad_request', message: `the feed request cannot be read: ${lineOf(result.error)}` },
  };
}

/** Parses which topics a browser wants; null when it is not a request (never throws). */
export function parseTopicRequests(value: unknown): TopicRequest[] | null {
  return topicRequestsSchema.safeParse(value).data ?? null;
}
