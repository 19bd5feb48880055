import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { RequestGuard } from './guard';

const guard = new RequestGuard(['Ringside.lan']);
const refuse = (headers: Record<string, string>, method = 'GET'): string | null =>
  guard.refuse({ headers, method } as unknown as IncomingMessage);

describe('RequestGuard', () => {
  it.each([
    'localhost',
    'localhost:3000',
    'LOCALHOST:3000',
    '127.0.0.1:3000',
    '[::1]:3000',
    '[::1]',
    'ringside.lan:80',
  ])('serves the host %s, from its own pages too', (host) => {
    expect(refuse({ host })).toBeNull();
    if (!host.endsWith(':80')) expect(refuse({ host, origin: `http://${host}` }, 'POST')).toBeNull();
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evil.localhost',
    '127.0.0.1.evil.example:3000',
    '',
    '::1',
    '127.0.0.2',
    'localhost:3000@evil.example',
  ])('refuses the host %j, as after DNS rebinding', (host) => {
    expect(refuse({ host })).toMatch(/Host/);
  });

  it('refuses a request without a host', () => {
    expect(refuse({})).toMatch(/Host/);
  });

  it.each([
    'http://evil.example',
    'http://localhost:4000',
    'http://127.0.0.1:3000',
    'null',
    '',
    'localhost:3000',
    'http://localhost:3000.evil.example',
  ])('refuses the origin %j, whatever the method', (origin) => {
    for (const method of ['GET', 'POST'])
      expect(refuse({ host: 'localhost:3000', origin }, method)).toMatch(/other sites/);
  });

  it('lets a link from another site in, but no change and no script of it', () => {
    const cross = { host: 'localhost', 'sec-fetch-site': 'cross-site' };
    expect(refuse(cross)).toBeNull();
    expect(refuse(cross, 'HEAD')).toBeNull();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect(refuse(cross, method)).toMatch(/other sites/);
    expect(refuse({ ...cross, origin: 'http://localhost' })).toMatch(/other sites/);
    expect(refuse({ host: 'localhost', 'sec-fetch-site': 'same-origin' }, 'POST')).toBeNull();
  });

  it('serves IP addresses where it is told to, which no page can make its own', () => {
    const open = new RequestGuard([], true);
    const ask = (host: string): string | null =>
      open.refuse({ headers: { host }, method: 'GET' } as unknown as IncomingMessage);
    for (const host of ['10.1.2.3:3000', '[fd00::1]:3000', '192.168.0.9']) expect(ask(host)).toBeNull();
    for (const host of ['evil.example', '10.1.2.3.evil.example', '10.1.2']) expect(ask(host)).toMatch(/Host/);
  });
});
