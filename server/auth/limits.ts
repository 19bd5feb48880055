import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from '../callers/network';
import { AccessError } from './errors';

const WINDOW_SECONDS = 15 * 60;
const PER_ACCOUNT = 10;
const PER_ADDRESS = 30;

/**
 * Guesses at passwords and links, counted per account and per address of the connection (an IPv6 network of /64 is one). A try costs before it is
 * looked at, so that many at once cost as much; a success gives it back.
 */
export class GuessLimits {
  readonly #accounts = new RateLimiterMemory({ points: PER_ACCOUNT, duration: WINDOW_SECONDS });
  readonly #addresses = new RateLimiterMemory({ points: PER_ADDRESS, duration: WINDOW_SECONDS });

  /** Throws AccessError `too_many_requests` with the seconds to wait. `account` is null for a link. */
  async spend(address: string, account: string | null): Promise<void> {
    await take(this.#addresses, networkOf(address));
    if (account !== null) await take(this.#accounts, account);
  }

  async succeeded(address: string, account: string | null): Promise<void> {
    await this.#addresses.reward(networkOf(address));
    if (account !== null) await this.#accounts.delete(account);
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new AccessError(
      'too_many_requests',
      `too many attempts: try again in ${Math.ceil(seconds / 60)} min`,
      seconds,
    );
  }
}
