import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServerStatus } from '@/domain/realtime/contract';
import type { LiveSocket } from './live-client';
import { LiveClient } from './live-client';

type Handler = (...values: unknown[]) => void;
type Answer = (error: Error | null, value: unknown) => void;

/** A socket.io client whose other end is the test. */
class FakeSocket {
  connected = false;
  active = true;
  connects = 0;
  readonly emitted: { name: string; value: unknown; answer?: Answer }[] = [];
  private readonly handlers = new Map<string, Handler>();
  on(name: string, handler: Handler): this {
    this.handlers.set(name, handler);
    return this;
  }
  receive(name: string, ...values: unknown[]): void {
    if (name === 'connect') this.connected = true;
    if (name === 'disconnect') this.connected = false;
    this.handlers.get(name)?.(...values);
  }
  timeout(): this {
    return this;
  }
  emit(name: string, value: unknown, answer?: Answer): void {
    this.emitted.push({ name, value, answer });
  }
  connect(): void {
    this.connects += 1;
  }
  disconnect(): void {
    if (this.connected) this.receive('disconnect');
  }
  removeAllListeners(): void {
    this.handlers.clear();
  }
}

const status = (changed: Partial<ServerStatus> = {}): ServerStatus => ({
  now: 1,
  as_of_seq: 1,
  clock: null,
  lag_ms: 0,
  progress: null,
  events_per_second: 0,
  trouble: null,
  dead_letters: 0,
  problems: { unseen: 0, worst: null },
  demo: false,
  build: 'a',
  ...changed,
});

let socket: FakeSocket;
let client: LiveClient;
let detach: () => void;
const named = (name: string) => socket.emitted.filter((each) => each.name === name);

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  socket = new FakeSocket();
  client = new LiveClient(status());
  detach = client.attach(socket as unknown as LiveSocket);
});
afterEach(() => {
  detach();
  vi.useRealTimers();
});

describe('LiveClient', () => {
  it('emits nothing while there is no connection, and asks for everything open when there is', async () => {
    client.topics.listen('a', () => undefined);
    client.feeds.start({ shape: 'row', filter: {}, limit: 10, head: 7 }, () => undefined);
    await Promise.resolve();
    expect([socket.connects, socket.emitted.length]).toEqual([1, 0]);
    socket.receive('connect');
    await Promise.resolve();
    expect(named('live:subscribe').map(({ value }) => value)).toEqual([[{ topic: 'a' }]]);
    expect(named('feed:subscribe')).toMatchObject([{ value: { after_seq: 7, shape: 'packed_row' } }]);
  });

  it('drops a request whose connection broke before it was sent; the next connection asks anew', async () => {
    socket.receive('connect');
    client.topics.listen('a', () => undefined);
    socket.receive('disconnect');
    await Promise.resolve();
    expect(socket.emitted).toEqual([]);
  });

  it('is out of date once the server has pages of another build', () => {
    socket.receive('connect');
    socket.receive('server:status', status({ as_of_seq: 2 }));
    expect(client.isOutdated()).toBe(false);
    socket.receive('disconnect');
    socket.receive('connect');
    socket.receive('server:status', status({ build: 'b' }));
    expect(client.isOutdated()).toBe(true);
  });

  it('goes from connecting over live and behind to reconnecting, and tells its listeners', () => {
    const states: string[] = [];
    client.listen(() => states.push(client.connection().state));
    socket.receive('connect');
    socket.receive('server:status', status({ lag_ms: 2_000 }));
    socket.receive('server:status', status({ as_of_seq: 9 }));
    socket.receive('disconnect');
    expect(states).toEqual(['live', 'behind', 'live', 'reconnecting']);
    expect(client.status().as_of_seq).toBe(9);
  });

  it('notices a server that falls silent on a connection that stays', () => {
    socket.receive('connect');
    vi.advanceTimersByTime(6_000);
    expect(client.connection()).toMatchObject({ state: 'behind', behindMs: 6_000 });
  });

  it('starts the connection over when a request is not answered', async () => {
    socket.receive('connect');
    client.topics.listen('a', () => undefined);
    await Promise.resolve();
    named('live:subscribe')[0]?.answer?.(new Error('timeout'), undefined);
    expect([socket.connected, socket.connects]).toEqual([false, 2]);
  });

  it('knocks again when the server closed the door, since socket.io would not', () => {
    socket.receive('connect');
    socket.active = false;
    socket.receive('disconnect');
    vi.advanceTimersByTime(2_000);
    expect(socket.connects).toBe(2);
  });

  it('does not wait for a backoff when the browser has its network back', () => {
    client.setBrowserOffline(true);
    expect(client.connection().state).toBe('offline');
    client.setBrowserOffline(false);
    expect(socket.connects).toBe(2);
  });

  it('is paused while any page says so', () => {
    socket.receive('connect');
    const [one, two] = [client.pause(), client.pause()];
    one();
    expect(client.connection().state).toBe('paused');
    two();
    expect(client.connection().state).toBe('live');
  });
});
