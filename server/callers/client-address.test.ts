import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress, isLoopback } from './client-address';

const request = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

describe('clientAddress', () => {
  it('is the peer of the connection, whatever headers say', () => {
    expect(clientAddress(request('203.0.113.9', '1.2.3.4'), false)).toBe('203.0.113.9');
    expect(clientAddress(request('203.0.113.9', '1.2.3.4'), true)).toBe('203.0.113.9');
    expect(clientAddress(request('127.0.0.1', '1.2.3.4'), false)).toBe('127.0.0.1');
  });

  it('is what the proxy on this machine has added last, not what the client wrote before it', () => {
    expect(clientAddress(request('127.0.0.1', '6.6.6.6, 203.0.113.9'), true)).toBe('203.0.113.9');
    expect(clientAddress(request('::1'), true)).toBe('::1');
  });
});

describe('isLoopback', () => {
  it.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.127.0.1', false],
    ['::ffff:10.0.0.1', false],
    ['unknown', false],
  ])('of %s is %s', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });
});
