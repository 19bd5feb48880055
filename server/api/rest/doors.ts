import type { Permission } from '../../../domain/access/permissions';

/**
 * What each REST door asks for: the handlers look it up here, the table in docs/SECURITY.md is printed from here, and a
 * test compares both with the route files. `public` needs nothing.
 */
export const DOORS = {
  'GET /api/events': 'read',
  'POST /api/events': 'publish',
  'GET /api/events/[event_id]': 'read',
  'GET /api/events/export': 'read',
  'HEAD /api/events/export': 'read',
  'GET /api/events/facets': 'read',
  'GET /api/events/histogram': 'read',
  'GET /api/events/[event_id]/chain': 'read',
  'GET /api/events/[event_id]/delivery': 'read',
  'GET /api/actions': 'read',
  'POST /api/import': 'operate',
  'GET /api/state/[name]': 'read',
  'GET /api/views': 'read',
  'GET /metrics': 'read',
} as const satisfies Record<string, Permission>;
export type Door = keyof typeof DOORS;

/** Doors that ask for nothing, and why. */
export const PUBLIC_DOORS = {
  'GET /healthz': 'liveness; details only for those who may read',
  'GET /readyz': 'readiness; details only for those who may read',
  'POST /api/auth/sign-in': 'a password is the credential; attempts are limited',
  'GET /api/auth/oidc': 'leads to the sign-in provider of the settings; attempts are limited',
  'GET /api/auth/oidc/callback':
    'the provider’s signed word is the credential, for people who have an account',
  'POST /api/auth/sign-out': 'ends the session that it is sent with',
  'POST /api/auth/link': 'says what a one-time link is for; attempts are limited',
  'POST /api/auth/accept': 'the one-time link is the credential; attempts are limited',
  'GET /api/trpc/[trpc]': 'each procedure asks for itself, see below',
  'POST /api/trpc/[trpc]': 'each procedure asks for itself, see below',
} as const;
