import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Peer, PeerReport } from '../../bridges/events-db/worker/protocol';
import { ClusterSubscribers } from './cluster-subscribers';

const peer = (change: Partial<Peer>): Peer => ({
  subscriberId: 'gh200-a:7:metrics',
  processName: 'metrics',
  hostname: 'gh200-a',
  pid: 7,
  types: [],
  lastPollAt: 1_000,
  createdAt: 1,
  ackedRowId: null,
  pending: 0,
  pendingExact: true,
  ...change,
});
const report = (...peers: Peer[]): PeerReport => ({ peers, total: peers.length, newestRowId: 5, at: 1_200 });

let now = 0;
let answers: (() => Promise<PeerReport>)[] = [];
let asked = 0;
const subscribers = () =>
  new ClusterSubscribers(
    {
      subscriberId: 'control:stable:ringside',
      peers: () => {
        asked++;
        return answers.shift()?.() ?? Promise.reject(new Error('no answer left'));
      },
    },
    () => now,
  );

beforeEach(() => {
  now = 10_000;
  answers = [];
  asked = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('ClusterSubscribers', () => {
  it('tells who is active, stable, and this server itself', async () => {
    const peers = [
      peer({}),
      peer({ subscriberId: 'gh200-b:stable:elo', lastPollAt: 899 }),
      peer({ subscriberId: 'control:stable:ringside' }),
    ];
    answers.push(() => Promise.resolve(report(...peers)));
    const { subscribers: told } = await subscribers().report();
    expect(told.map(({ active, stable, own }) => [active, stable, own])).toEqual([
      [true, false, false],
      [false, true, false],
      [true, true, true],
    ]);
  });

  it('reads once for all who ask within a few seconds', async () => {
    const cluster = subscribers();
    answers.push(
      () => Promise.resolve(report(peer({}))),
      () => Promise.resolve(report(peer({}), peer({ subscriberId: 'x:1:y' }))),
    );
    await Promise.all([cluster.report(), cluster.report()]);
    await cluster.report();
    expect(asked).toBe(1);
    now += 3_000;
    expect((await cluster.report()).total).toBe(2);
    expect(asked).toBe(2);
  });

  it('shows what was known before while the file cannot be read, with the reason', async () => {
    const cluster = subscribers();
    answers.push(() => Promise.resolve(report(peer({}))));
    await cluster.report();
    now += 3_000;
    answers.push(() => Promise.reject(new Error('events.db is locked.')));
    expect(await cluster.report()).toMatchObject({ error: 'events.db is locked.', total: 1, at: 1_200 });
  });

  it('does not keep a page waiting for a file that is busy', async () => {
    vi.useFakeTimers();
    answers.push(() => new Promise(() => undefined));
    const waiting = subscribers().report();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await waiting).toMatchObject({ at: null, error: expect.stringMatching(/busy/) as string });
  });
});
