import type { ServerStatus } from '@/domain/realtime/contract';

export interface Connection {
  readonly state: 'connecting' | 'live' | 'behind' | 'reconnecting' | 'offline' | 'paused';
  /** Since when it is in this state, epoch milliseconds of this browser. */
  readonly since: number;
  /** How old what is shown may be, in milliseconds; 0 when live. */
  readonly behindMs: number;
  /** The server says nothing for so long that nothing may be coming. One that lags behind still tells of events. */
  readonly silent: boolean;
}

/** What the state of the connection is judged by; times in epoch milliseconds of this browser. */
export interface ConnectionFacts {
  readonly connected: boolean;
  readonly everConnected: boolean;
  /** The browser itself says that it has no network. */
  readonly browserOffline: boolean;
  /** When anything was last heard from the server; null before. */
  readonly lastHeard: number | null;
  /** When the connection was lost, or first tried. */
  readonly downSince: number;
  readonly paused: boolean;
  readonly status: ServerStatus | null;
}

/** A status comes every second: later than this and something is stuck on the way. */
const SILENT_MS = 3_000;
/** Lag below this is a bridge at work, not a delay anybody could see. */
const LAG_MS = 1_000;
/** Tried for this long without success: say so instead of hoping. */
const GIVEN_UP_MS = 30_000;

type Judged = Pick<Connection, 'state' | 'behindMs' | 'silent'>;

export function judge(facts: ConnectionFacts, now: number): Judged {
  const silence = facts.lastHeard === null ? 0 : now - facts.lastHeard;
  if (!facts.connected) {
    const down = now - facts.downSince;
    if (facts.browserOffline || down >= GIVEN_UP_MS)
      return { state: 'offline', behindMs: silence, silent: true };
    // A first connection takes its moment, and there is nothing yet that it could have missed.
    return facts.everConnected
      ? { state: 'reconnecting', behindMs: silence, silent: true }
      : { state: 'connecting', behindMs: silence, silent: down > SILENT_MS };
  }
  const silent = silence > SILENT_MS;
  const lag = Math.max(silent ? silence : 0, facts.status?.lag_ms ?? 0);
  if (facts.paused) return { state: 'paused', behindMs: 0, silent };
  return lag > LAG_MS ? { state: 'behind', behindMs: lag, silent } : { state: 'live', behindMs: 0, silent };
}

/** The next connection to show: the same object while nothing that a reader could see has changed. */
export function nextConnection(shown: Connection, judged: Judged, now: number): Connection {
  const second = (ms: number): number => Math.floor(ms / 1000);
  const same = shown.state === judged.state && shown.silent === judged.silent;
  if (same && second(shown.behindMs) === second(judged.behindMs)) return shown;
  return { ...judged, since: shown.state === judged.state ? shown.since : now };
}
