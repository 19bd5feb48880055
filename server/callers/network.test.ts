import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkOf } from './network';

describe('networkOf', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:0:7::1', '2001:db8:0:7::/64'],
    ['2001:0DB8::7:0:0:0:1', '2001:db8:0:7::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
    ['1:2::3:4:5:203.0.113.9', '1:2:0:3::/64'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is one for all addresses of a /64, and another for those of the next', () => {
    const group = fc.nat(0xffff).map((value) => value.toString(16));
    const host = fc.array(group, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(host, host, host, (network, one, other) => {
        const of = (part: readonly string[]) => networkOf([...network, ...part].join(':'));
        expect(of(one)).toBe(of(other));
        const next = [...network.slice(0, 3), ((parseInt(network[3]!, 16) + 1) % 0x10000).toString(16)];
        expect(networkOf([...next, ...one].join(':'))).not.toBe(of(one));
      }),
    );
  });
});
