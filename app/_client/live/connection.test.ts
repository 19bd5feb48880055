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
  dead_letters: 0,
  problems: { unseen: 0, worst: null },
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
    expect(judge(facts(), 101_000)).toEqual({ state: 'live', behindMs: 0, silent: false });
    expect(judge(facts({ status: status(null) }), 101_000).state).toBe('live');
  });

  it('is behind by the lag of the bridge, or by the silence of the server, whichever is longer', () => {
    expect(judge(facts({ status: status(4_000) }), 101_000)).toEqual({
      ...{ state: 'behind', behindMs: 4_000, silent: false },
    });
    expect(judge(facts({ status: status(4_000) }), 108_000)).toEqual({
      ...{ state: 'behind', behindMs: 8_000, silent: true },
    });
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
      ...{ state: 'connecting', behindMs: 0, silent: false },
    });
    expect(judge(down, 102_000)).toEqual({ state: 'reconnecting', behindMs: 2_000, silent: true });
    expect(judge(down, 131_000)).toMatchObject({ state: 'offline', silent: true });
    expect(judge({ ...down, browserOffline: true }, 100_001)).toMatchObject({
      state: 'offline',
      silent: true,
    });
  });

  it('tells a first connection that is not made from one that is being made', () => {
    const first = facts({ connected: false, everConnected: false, lastHeard: null, downSince: 100_000 });
    expect(judge(first, 104_000)).toMatchObject({ state: 'connecting', silent: true });
  });
});

describe('nextConnection', () => {
  const shown: Connection = { state: 'behind', since: 1, behindMs: 4_100, silent: false };

  it('is the same object until a reader could see a difference', () => {
    expect(nextConnection(shown, { state: 'behind', behindMs: 4_900, silent: false }, 9)).toBe(shown);
    for (const judged of [
      { state: 'behind', behindMs: 5_000, silent: false },
      { state: 'behind', behindMs: 4_100, silent: true },
    ] as const)
      expect(nextConnection(shown, judged, 9)).toEqual({ ...judged, since: 1 });
    expect(nextConnection(shown, { state: 'live', behindMs: 0, silent: false }, 9)).toEqual({
      ...{ state: 'live', since: 9, behindMs: 0, silent: false },
    });
  });
});
