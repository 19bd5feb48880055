import { describe, expect, it } from 'vitest';
import type { ServerStatus } from '@/domain/realtime/contract';
import type { Connection, ConnectionFacts } from './connection';
import { judge, nextConnection } from './connection';

const status = (lag: number | null): ServerStatus => ({
  now: 0,
  as_of_seq: 1,
  clock: null,
  lag_ms: lag,
  progress: null,
  events_per_second: 0,
  trouble: null,
  demo: false,
  build: 'a',
});
const facts = (changed: Partial<ConnectionFacts> = {}): ConnectionFacts => ({
  connected: true,
  everConnected: true,
  browserOffline: false,
  lastHeard: 100_000,
  downSince: 0,
  paused: false,
  status: status(5),
  ...changed,
});

describe('judge', () => {
  it('is live while the server speaks and no bridge lags', () => {
    expect(judge(facts(), 101_000)).toEqual({ state: 'live', behindMs: 0 });
    expect(judge(facts({ status: status(null) }), 101_000).state).toBe('live');
  });

  it('is behind by the lag of the bridge, or by the silence of the server, whichever is longer', () => {
    expect(judge(facts({ status: status(4_000) }), 101_000)).toEqual({ state: 'behind', behindMs: 4_000 });
    expect(judge(facts({ status: status(4_000) }), 108_000)).toEqual({ state: 'behind', behindMs: 8_000 });
  });

  it('says paused only of a connection that lives', () => {
    expect(judge(facts({ paused: true, status: status(9_000) }), 101_000).state).toBe('paused');
    expect(judge(facts({ paused: true, connected: false, downSince: 100_000 }), 101_000).state).toBe(
      'reconnecting',
    );
  });

  it('connects at first, reconnects later, and admits being offline in the end', () => {
    const down = facts({ connected: false, downSince: 100_000 });
    expect(judge({ ...down, everConnected: false, lastHeard: null }, 101_000)).toEqual({
      state: 'connecting',
      behindMs: 0,
    });
    expect(judge(down, 102_000)).toEqual({ state: 'reconnecting', behindMs: 2_000 });
    expect(judge(down, 131_000).state).toBe('offline');
    expect(judge({ ...down, browserOffline: true }, 100_001).state).toBe('offline');
  });
});

describe('nextConnection', () => {
  const shown: Connection = { state: 'behind', since: 1, behindMs: 4_100 };

  it('is the same object until a reader could see a difference', () => {
    expect(nextConnection(shown, { state: 'behind', behindMs: 4_900 }, 9)).toBe(shown);
    expect(nextConnection(shown, { state: 'behind', behindMs: 5_000 }, 9)).toEqual({
      state: 'behind',
      since: 1,
      behindMs: 5_000,
    });
    expect(nextConnection(shown, { state: 'live', behindMs: 0 }, 9)).toEqual({
      state: 'live',
      since: 9,
      behindMs: 0,
    });
  });
});
