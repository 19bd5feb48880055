import path from 'node:path';
import * as z from 'zod';
import { normaliseEventType } from '../domain/events';
import { eventsDbPlace, type EventsDbPlace } from './bridges/events-db/place';

/** A setting that cannot be used; `message` is the one line that a stopped start prints. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** What one call may hold must fit into one second. */
const LEAST_RATE = 1_000;

const windows = z
  .string()
  .transform((text, context) => {
    const pairs = text.split(',').map((pair) => /^\s*([A-Za-z_]+)\s*=\s*(\d+(?:\.\d+)?)\s*$/.exec(pair));
    if (pairs.some((pair) => pair === null)) {
      context.addIssue('give TYPE=SECONDS pairs, separated by commas');
      return z.NEVER;
    }
    return Object.fromEntries(pairs.map((pair) => [normaliseEventType(pair?.[1] ?? ''), Number(pair?.[2])]));
  })
  .default({});

/** A number of the environment; whatever else stands there is told what is wanted. */
const number = (min: number, max: number, wanted: string) =>
  z.coerce.number(wanted).min(min, wanted).max(max, wanted);

const PORT = 'give a whole number from 0 to 65535';
const WINDOW = 'give seconds from 0 to 604800 (a week)';
const RATE = `give ${LEAST_RATE} events a second or more, or 0 for no limit`;

const environment = z.object({
  PORT: number(0, 65_535, PORT).int(PORT).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  RINGSIDE_ACCESS: z.enum(['open', 'accounts'], 'give open or accounts').optional(),
  RINGSIDE_PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'give the address that browsers use, such as https://ringside.example',
    })
    .optional(),
  RINGSIDE_OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'give the address of the provider, such as https://id.example' })
    .optional(),
  RINGSIDE_OIDC_CLIENT_ID: z.string().min(1).optional(),
  RINGSIDE_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  RINGSIDE_OIDC_NAME: z.string().min(1).max(60).optional(),
  RINGSIDE_DATA_DIR: z.string().min(1).default('./data'),
  RINGRIFT_COORDINATION_DIR: z.string().min(1).optional(),
  RINGSIDE_NATS_URL: z.never('the NATS bridge is not built yet: unset it').optional(),
  RINGSIDE_DUPLICATE_WINDOW: number(0, 604_800, WINDOW).default(3_600),
  RINGSIDE_DUPLICATE_WINDOWS: windows,
  RINGSIDE_PUBLISH_RATE: number(0, Number.MAX_SAFE_INTEGER, RATE)
    .int(RATE)
    .refine((rate) => rate === 0 || rate >= LEAST_RATE, RATE)
    .default(5_000),
  LOG_LEVEL: z.enum(LEVELS, `give one of ${LEVELS.join(', ')}`).default('info'),
});

/** All that may be set by the environment; the last two are read before the settings are, and by the commands alone. */
export const SETTINGS: readonly string[] = [
  ...Object.keys(environment.shape),
  'RINGSIDE_NO_BUILD',
  'RINGSIDE_KEY',
];

/** An OpenID Connect provider that vouches for people who have an account here. */
export interface OidcProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button calls it. */
  readonly name: string;
}

export interface Config {
  readonly port: number;
  readonly host: string;
  /** `accounts`: everybody needs an account or a key. `open`: whoever reaches this machine's loopback is the local operator. */
  readonly access: 'open' | 'accounts';
  /** Where browsers reach this server, where that is another address (a proxy's, with TLS), without a slash at its end. */
  readonly publicUrl: string | null;
  /** Where else people may sign in; null for nowhere. */
  readonly oidc: OidcProvider | null;
  /** Absolute path of the folder that holds `ringside.db`. */
  readonly dataDir: string;
  /** Where RingRift's `events.db` is, and what Ringside may create of it. */
  readonly eventsDb: EventsDbPlace;
  /** Seconds within which the same content counts as a duplicate; per canonical type where it differs. */
  readonly duplicateWindow: number;
  readonly duplicateWindows: Readonly<Record<string, number>>;
  /** Events that each key may publish in a second; null for any number. */
  readonly publishRate: number | null;
  readonly logLevel: (typeof LEVELS)[number];
}

/**
 * Reads all settings once. A `demo` on loopback is open unless told otherwise. Throws ConfigError with one line that names
 * the variable, its value's fault and the remedy.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  { demo = false }: { demo?: boolean } = {},
): Config {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const result = environment.safeParse(present);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new ConfigError(`${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'not valid'}`);
  }
  const settings = result.data;
  const loopback = LOOPBACK.includes(settings.HOST);
  const access = settings.RINGSIDE_ACCESS ?? (demo && loopback ? 'open' : 'accounts');
  if (access === 'open' && !loopback)
    throw new ConfigError(
      'RINGSIDE_ACCESS: open is for loopback only: set it to accounts, or HOST to 127.0.0.1',
    );
  const dataDir = path.resolve(settings.RINGSIDE_DATA_DIR);
  return {
    port: settings.PORT,
    host: settings.HOST,
    access,
    publicUrl: settings.RINGSIDE_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    oidc: oidcOf(settings),
    dataDir,
    eventsDb: eventsDbPlace(present, dataDir),
    duplicateWindow: settings.RINGSIDE_DUPLICATE_WINDOW,
    duplicateWindows: settings.RINGSIDE_DUPLICATE_WINDOWS,
    publishRate: settings.RINGSIDE_PUBLISH_RATE === 0 ? null : settings.RINGSIDE_PUBLISH_RATE,
    logLevel: settings.LOG_LEVEL,
  };
}

function oidcOf(settings: z.infer<typeof environment>): OidcProvider | null {
  const {
    RINGSIDE_OIDC_ISSUER: issuer,
    RINGSIDE_OIDC_CLIENT_ID: clientId,
    RINGSIDE_OIDC_CLIENT_SECRET: clientSecret,
  } = settings;
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return null;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    throw new ConfigError(
      'RINGSIDE_OIDC_ISSUER: give RINGSIDE_OIDC_CLIENT_ID and RINGSIDE_OIDC_CLIENT_SECRET with it, or none of the three',
    );
  const name = settings.RINGSIDE_OIDC_NAME ?? new URL(issuer).host;
  return { issuer: issuer.replace(/\/+$/, ''), clientId, clientSecret, name };
}
