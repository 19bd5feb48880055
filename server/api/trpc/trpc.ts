import { initTRPC, TRPCError } from '@trpc/server';
import type { Permission } from '../../../domain/access/permissions';
import { ZodError } from 'zod';
import { actorOf, type Context } from './context';
import { ApiError } from '../refusals/errors';
import { accessRefusal, permitted } from '../refusals/permitted';
import { lineOf } from '../refusals/said';
import { whyUnavailable } from '../refusals/unavailable';

const t = initTRPC
  .context<Context>()
  .meta<{ permission: Permission }>()
  .create({
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
  unauthorized: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  too_many_requests: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
} as const;

/** Errors of the services to tRPC's, once, for all procedures; an unexpected one says nothing about its cause. */
const translate = t.middleware(async ({ next, type }) => {
  const result = await next();
  if (result.ok || result.error.code !== 'INTERNAL_SERVER_ERROR') return result;
  const cause = result.error.cause;
  const known = cause?.name === 'AccessError' ? accessRefusal(cause) : cause;
  if (known instanceof ApiError && known.code in CODES)
    throw new TRPCError({
      code: CODES[known.code as keyof typeof CODES],
      message: known.message,
      cause: known,
    });
  if (cause?.name === 'CancelledError')
    throw new TRPCError({ code: 'CLIENT_CLOSED_REQUEST', message: 'whoever asked is gone' });
  if (cause?.name === 'BadQueryError') throw new TRPCError({ code: 'BAD_REQUEST', message: cause.message });
  const why = whyUnavailable(cause);
  if (why !== null)
    throw new TRPCError({
      code: 'SERVICE_UNAVAILABLE',
      message: type === 'mutation' ? `${sentence(why)}. Try again: it cannot happen twice.` : why,
    });
  throw new TRPCError({
    code: 'INTERNAL_SERVER_ERROR',
    message: 'the request failed; the server log says why',
  });
});

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Lets the callers through whose role has what the procedure's meta asks for; without a word there, nobody. */
const authorise = t.middleware(({ ctx, meta, next }) => {
  const { principal, refusal } = ctx;
  if (refusal !== null) throw refusal;
  if (!meta) throw new Error('a procedure does not say what it asks for');
  permitted(principal, meta.permission);
  return next({ ctx: { ...ctx, principal, actor: actorOf(principal) } });
});

const base = t.procedure.use(translate);
/** The first thing wrong with an input, as one line. */
export const router = t.router;
/** For all who may look. */
export const procedure = base.meta({ permission: 'read' }).use(authorise);
/** For whoever acts on the cluster or on what the router holds. */
export const operatorProcedure = base.meta({ permission: 'operate' }).use(authorise);
/** For users, keys and sessions of others. */
export const adminProcedure = base.meta({ permission: 'administer' }).use(authorise);
