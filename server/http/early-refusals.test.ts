import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { DOORS, PUBLIC_DOORS } from '../api/rest/doors';
import { earlyRefusal, RefusalPace, type Doorkeeper } from './early-refusals';

const request = (method: string, url: string, headers: Record<string, string> = {}): IncomingMessage =>
  ({ method, url, headers }) as unknown as IncomingMessage;

const keeper = (known: Partial<Doorkeeper> = {}): Doorkeeper => ({
  keyShown: () => null,
  stranger: () => null,
  heldBack: () => 0,
  ...known,
});
const strangers = keeper({ stranger: (authorization) => (authorization ? 'bad key' : 'nobody') });
const split = (name: string): [string, string] => {
  const [method = '', path = ''] = name.split(' ');
  return [method, path.replaceAll(/\[\w+\]/g, 'x')];
};

describe('an early refusal', () => {
  it('meets who can be nobody at each door of the API, and nobody at the doors that ask for nothing', () => {
    const refused = (name: string): boolean => earlyRefusal(request(...split(name)), strangers) !== null;
    expect(Object.keys(DOORS).filter((name) => !refused(name))).toEqual(['GET /metrics']);
    expect(Object.keys(PUBLIC_DOORS).filter(refused)).toEqual([]);
    expect([refused('GET /'), refused('GET /events/x')]).toEqual([false, false]);
  });

  it('says what the door would have said', () => {
    expect(earlyRefusal(request('POST', '/api/events?x=1'), strangers)).toMatchObject({
      status: 401,
      code: 'unauthorized',
      message: expect.stringContaining('sign in, or send a key') as string,
      headers: { 'WWW-Authenticate': 'Bearer' },
    });
    expect(
      earlyRefusal(request('GET', '/api/events', { authorization: 'Bearer x' }), strangers),
    ).toMatchObject({ status: 401, message: 'this key is not known, has expired or was revoked' });
  });

  it('meets a caller whose share is spent where it publishes, by its key, else by its address', () => {
    const asked: string[] = [];
    const spent = keeper({
      keyShown: (authorization) => authorization ?? null,
      heldBack: (caller) => asked.push(caller) && 1_200,
    });
    const headers = { 'x-ringside-address': '10.0.0.7' };
    expect(
      earlyRefusal(request('POST', '/api/events', { ...headers, authorization: 'k' }), spent),
    ).toMatchObject({
      status: 429,
      headers: { 'Retry-After': '2' },
    });
    expect(earlyRefusal(request('POST', '/api/events', headers), spent)).toMatchObject({ status: 429 });
    expect(asked).toEqual(['key k', '10.0.0.7']);
    expect(earlyRefusal(request('GET', '/api/events', headers), spent)).toBeNull();
    const lines = { ...headers, 'content-type': 'application/x-ndjson' };
    expect(earlyRefusal(request('POST', '/api/events', lines), spent)).toBeNull();
    expect(asked).toHaveLength(2);
  });
});

describe('the pace of refusals', () => {
  it('lets so many of a second be answered at once, and the rest wait', () => {
    let now = 5_000;
    const pace = new RefusalPace(() => now);
    const waits = Array.from({ length: 300 }, () => pace.next());
    expect(waits.filter((wait) => wait === 0)).toHaveLength(200);
    expect(waits.at(-1)).toBe(250);
    now = 6_000;
    expect(pace.next()).toBe(0);
  });
});
