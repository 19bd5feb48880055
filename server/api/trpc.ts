import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import type { Context } from './context';
import { ApiError } from './errors';

const t = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, error: { cause } }) => ({
    ...shape,
    message: cause instanceof ZodError ? lineOf(cause) : shape.message,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      details: cause instanceof ApiError ? (cause.details ?? null) : null,
    },
  }),
});

const CODES = {
  bad_request: 'BAD_REQUEST',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  unavailable: 'SERVICE_UNAVAILABLE',
} as const;

/** Errors of the services to tRPC's, once, for all procedures; an unexpected one says nothing about its cause. */
const translate = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok || result.error.code !== 'INTERNAL_SERVER_ERROR') return result;
  const cause = result.error.cause;
  if (cause instanceof ApiError && cause.code in CODES)
    throw new TRPCError({ code: CODES[cause.code as keyof typeof CODES], message: cause.message, cause });
  if (cause?.name === 'BadQueryError') throw new TRPCError({ code: 'BAD_REQUEST', message: cause.message });
  if (cause?.name === 'HistoryUnavailableError')
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'history cannot be read right now' });
  if (cause?.name === 'RouterOverloadedError' || cause?.name === 'RouterStoppedError')
    throw new TRPCError({
      code: 'SERVICE_UNAVAILABLE',
      message: 'the server cannot take this now; nothing was stored, try again',
    });
  throw new TRPCError({
    code: 'INTERNAL_SERVER_ERROR',
    message: 'the request failed; the server log says why',
  });
});

/** The first thing wrong with an input, as one line. */
function lineOf({ issues: [issue] }: ZodError): string {
  const place = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return `${place}${issue?.message ?? 'not valid'}`;
}

export const router = t.router;
export const procedure = t.procedure.use(translate);
