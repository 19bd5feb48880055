import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { NONCE_HEADER } from '../callers/headers';

/**
 * What browsers are told about every answer: not to guess its type, not to show it in a frame of anybody, to tell other sites
 * nothing of where a link was followed, and to keep windows of other sites away from ours.
 */
const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
} as const;

const POLICY =
  "default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; " +
  "base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'";

/**
 * Sets the headers, with a policy that lets no script run but those that carry this answer's nonce and what these load.
 * Next finds the nonce in the same header of the request. `dev`: rebuilt pages need eval, so scripts are not limited.
 */
export function secure(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  const nonce = randomBytes(16).toString('base64');
  const scripts = dev
    ? "script-src 'self' 'unsafe-inline' 'unsafe-eval'"
    : `script-src 'nonce-${nonce}' 'strict-dynamic'`;
  const policy = `${scripts}; ${POLICY}`;
  response.setHeader('Content-Security-Policy', policy);
  request.headers['content-security-policy'] = policy;
  request.headers[NONCE_HEADER] = nonce;
}
