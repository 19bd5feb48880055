import type { Logger } from 'pino';
import type { OidcProvider } from '../config';
import type { Records } from '../history/records';

export const SESSION_SECONDS = 7 * 24 * 3_600;
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 200;

/** What accounts of people are kept with and told by. */
export interface PeopleOptions {
  readonly records: Records;
  readonly secret: string;
  /** Browsers come over TLS, so cookies may be Secure. */
  readonly secure: boolean;
  readonly oidc: OidcProvider | null;
  /** Where browsers reach the server: known once it listens. */
  readonly url: () => string;
  readonly log: Logger;
}
