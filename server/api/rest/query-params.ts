import type { z } from 'zod';
import { FILTER_LISTS, type EventFilter } from '../../../domain/realtime/contract';
import { normaliseEventType } from '../../../domain/events';
import { isDay } from '../../../domain/query';
import { eventFilterSchema } from '../../live/feeds/feed-request';
import { ApiError } from '../refusals/errors';
import { lineOf } from '../refusals/said';

/** The parameters that `filterFromParams` reads. */
export const FILTER_PARAMS: readonly string[] = [...FILTER_LISTS, 'q', 'since', 'until'];

/**
 * The parameters of a call that takes these. Throws ApiError `bad_request` for any other: a name that is misspelt would
 * change what is answered without a word. So would the second of two values; only lists may be repeated.
 */
export function paramsOf({ url }: Pick<Request, 'url'>, names: readonly string[]): URLSearchParams {
  const params = new URL(url).searchParams;
  for (const name of params.keys()) {
    if (!names.includes(name))
      throw new ApiError(
        'bad_request',
        `${name}: no parameter of this call${names.length === 0 ? '' : `, which takes ${names.join(', ')}`}`,
      );
    if (!FILTER_LISTS.some((list) => list === name) && params.getAll(name).length > 1)
      throw new ApiError('bad_request', `${name}: give it once`);
  }
  return params;
}

/**
 * The filter of `GET /api/events`. Lists are comma-separated or repeated; times are epoch seconds or ISO 8601.
 * Throws ApiError `bad_request` that names the parameter.
 */
export function filterFromParams(params: URLSearchParams): EventFilter {
  const raw: Record<string, unknown> = {};
  for (const name of FILTER_LISTS) {
    const values = params
      .getAll(name)
      .flatMap((value) => value.split(','))
      .filter((value) => value !== '');
    if (values.length > 0) raw[name] = name === 'type' ? values.map(normaliseEventType) : values;
  }
  const q = params.get('q');
  if (q !== null) raw['q'] = q;
  for (const name of ['since', 'until'] as const) {
    const value = params.get(name);
    if (value !== null) raw[name] = seconds(name, value);
  }
  if (Number(raw['since']) > Number(raw['until']))
    throw new ApiError('bad_request', 'since: is later than until, so nothing can match');
  const result = eventFilterSchema.safeParse(raw);
  if (result.success) return result.data;
  // A parameter is named as the caller wrote it, without the place in its list.
  const issues = result.error.issues.map((issue) => ({ ...issue, path: issue.path.slice(0, 1) }));
  throw new ApiError('bad_request', lineOf({ issues }));
}

/** `Date.parse` takes much else for a date: `-5` is one in May 2001. */
const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Beyond it are milliseconds. */
const LATEST = 1e11;

function seconds(name: string, value: string): number {
  const iso = ISO.test(value) && isDay(value) ? Date.parse(value) / 1000 : Number.NaN;
  const epoch = /^\d+(\.\d+)?$/.test(value) ? Number(value) : iso;
  if (!(epoch <= LATEST))
    throw new ApiError(
      'bad_request',
      `${name}: give epoch seconds or an ISO 8601 time, such as 2026-11-27T10:00:00Z`,
    );
  return epoch;
}

/** A whole number within bounds, or the default. Throws ApiError `bad_request`. */
export function integerParam(
  params: URLSearchParams,
  name: string,
  bounds: { min: number; max: number; default: number },
): number {
  const value = params.get(name);
  if (value === null) return bounds.default;
  const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(number) || number < bounds.min || number > bounds.max)
    throw new ApiError('bad_request', `${name}: give a whole number from ${bounds.min} to ${bounds.max}`);
  return number;
}

/** `true` or `false`, which is the default. Throws ApiError `bad_request`. */
export function flagParam(params: URLSearchParams, name: string): boolean {
  const value = params.get(name) ?? 'false';
  if (value !== 'true' && value !== 'false') throw new ApiError('bad_request', `${name}: give true or false`);
  return value === 'true';
}

/** Parses with a schema; the first issue becomes an ApiError `bad_request`. */
export function checked<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ApiError('bad_request', lineOf(result.error));
}
