import * as z from 'zod';
import { services } from '../../services';
import { checked } from '../rest/query-params';
import { readJson } from '../rest/read-body';
import { pathBack } from './visitor';

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

/** Leads to the sign-in provider, or back to the sign-in page while it cannot be asked. */
export async function oidcStart(request: Request): Promise<Response> {
  const back = pathBack(new URL(request.url).searchParams.get('back') ?? '/');
  const step = await services()
    .access.oidcStart(back, request.headers)
    .catch((error: unknown) => {
      if (error instanceof Error && error.name === 'AccessError') return null;
      throw error;
    });
  const again = `/sign-in?${new URLSearchParams({ refused: 'unreachable', back }).toString()}`;
  return onward(step ?? { location: again, cookies: [] });
}

/** Where the provider leads back to: a session for whom it vouches, or the sign-in page. Throws AccessError. */
export async function oidcCallback(request: Request): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const { location, cookies } = await services().access.oidcCallback(query, request.headers);
  return onward({ location: refusedWay(location) ?? pathBack(location), cookies });
}

/** The sign-in page for who was refused, with the page that was asked for and without what the provider said; null for who was not. */
function refusedWay(location: string): string | null {
  const [path, search] = location.split('?', 2);
  if (path !== '/sign-in' || search === undefined) return null;
  const back = pathBack(new URLSearchParams(search).get('back') ?? '/');
  return back === '/'
    ? '/sign-in?refused'
    : `/sign-in?${new URLSearchParams({ refused: '', back }).toString()}`;
}

function onward({ location, cookies }: { location: string; cookies: readonly string[] }): Response {
  const headers = new Headers({ 'Cache-Control': 'no-store', Location: location });
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return new Response(null, { status: 302, headers });
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
