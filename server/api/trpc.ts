import { initTRPC, TRPCError } from '@trpc/server';
import { ApiError } from './errors';

const t = initTRPC.create({
  errorFormatter: ({ shape }) => ({
    ...shape,
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus },
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
    throw new TRPCError({ code: CODES[cause.code as keyof typeof CODES], message: cause.message });
  if (cause?.name === 'BadQueryError') throw new TRPCError({ code: 'BAD_REQUEST', message: cause.message });
  if (cause?.name === 'HistoryUnavailableError')
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'history cannot be read right now' });
  throw new TRPCError({
    code: 'INTERNAL_SERVER_ERROR',
    message: 'the request failed; the server log says why',
  });
});

export const router = t.router;
export const procedure = t.procedure.use(translate);
