import { describe, expect, it } from 'vitest';
import { noDoor } from './no-door';

const told = (method: string, url: string) => {
  const refusal = noDoor(method, url);
  return refusal && [refusal.status, refusal.code, refusal.headers['Allow'] ?? null];
};

describe('noDoor', () => {
  it.each([
    ['GET', '/'],
    ['POST', '/events/12'],
    ['GET', '/api/events?limit=1'],
    ['POST', '/api/events'],
    ['HEAD', '/api/events'],
    ['OPTIONS', '/api/events'],
    ['GET', '/api/events/01a2/chain'],
    ['HEAD', '/api/events/export'],
    ['GET', '/api/state/models'],
    ['GET', '/api/state/'],
    ['POST', '/api/trpc/events.list,views.list?batch=1'],
    ['GET', '/healthz'],
    ['GET', '/metricsx'],
    ['GET', '/apixel'],
  ])('lets %s %s pass', (method, url) => expect(noDoor(method, url)).toBeNull());

  it.each([
    ['GET', '/api'],
    ['GET', '/api/nothing'],
    ['POST', '/api/events/1/2/3'],
    ['GET', '/api/auth/nothing'],
  ])('says that there is nothing at %s %s', (method, url) =>
    expect(told(method, url)).toEqual([404, 'not_found', null]),
  );

  it('says which methods a path has', () => {
    expect(told('PUT', '/api/events')).toEqual([405, 'method_not_allowed', 'GET, POST, HEAD, OPTIONS']);
    expect(told('GET', '/api/import')).toEqual([405, 'method_not_allowed', 'POST, OPTIONS']);
    expect(told('POST', '/healthz')).toEqual([405, 'method_not_allowed', 'GET, HEAD, OPTIONS']);
    expect(noDoor('DELETE', '/api/events')?.message).toBe('DELETE does nothing here: use GET or POST');
  });

  it.each(['/api/events/%ff', '/events/%', '/nodes/%e0%a4?x=1'])('refuses %s, which is no text', (url) =>
    expect(told('GET', url)).toEqual([400, 'bad_request', null]),
  );
});
