import { z } from 'zod';
import { services } from '../services';
import { checked } from './query-params';
import { readJson } from './read-body';

const MAX_BYTES = 4_096;
const text = z.string().min(1).max(300);

const credentials = z.strictObject({ email: text, password: text });
const link = z.strictObject({ token: text });
const acceptance = z.strictObject({
  token: text,
  email: text.optional(),
  name: z.string().max(100).optional(),
  password: text,
});

/** Begins a session for a right password; its cookies are in the answer. Throws ApiError, AccessError. */
export async function signIn(request: Request): Promise<Response> {
  const { email, password } = checked(credentials, await readJson(request, MAX_BYTES));
  return withCookies(await services().access.signIn(email, password, request.headers));
}

/** Ends the session that the request is sent with. */
export async function signOut(request: Request): Promise<Response> {
  return withCookies(await services().access.signOut(request.headers));
}

/** What a one-time link is for. Throws ApiError, AccessError. */
export async function lookAtLink(request: Request): Promise<unknown> {
  const { token } = checked(link, await readJson(request, MAX_BYTES));
  return services().access.lookAtLink(token, request.headers);
}

/** Uses a one-time link and signs its visitor in. Throws ApiError, AccessError. */
export async function acceptLink(request: Request): Promise<Response> {
  const { token, ...rest } = checked(acceptance, await readJson(request, MAX_BYTES));
  return withCookies(await services().access.accept({ secret: token, ...rest }, request.headers));
}

function withCookies(cookies: readonly string[]): Response {
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return Response.json({ ok: true }, { headers });
}
