import { describe, expect, it } from 'vitest';
import { ledTo } from './led-to';

const HERE = 'http://ringside.test/events?q=a#row';
const plain = { target: '', download: false, aside: false };
const at = (href: string, more = {}) => ledTo({ ...plain, href, ...more }, HERE);

describe('where a click leads', () => {
  it('is another page of this server, with its search and its place', () => {
    expect(at('http://ringside.test/quality?config=hex8_2p#loop')).toBe('/quality?config=hex8_2p#loop');
    expect(at('/events?q=b')).toBe('/events?q=b');
    expect(at('/elo', { target: '_self' })).toBe('/elo');
  });

  it('is nowhere for a place on the same page', () => {
    expect(at('/events?q=a#main')).toBeNull();
  });

  it('is no matter of ours for other servers, other tabs, files and doors for programs', () => {
    expect(at('https://elsewhere.test/quality')).toBeNull();
    expect(at('http://[')).toBeNull();
    expect(at('/elo', { target: '_blank' })).toBeNull();
    expect(at('/elo', { aside: true })).toBeNull();
    expect(at('/elo', { download: true })).toBeNull();
    expect(at('/api/events/export')).toBeNull();
  });
});
