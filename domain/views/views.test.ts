import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ADDRESS, readAddress, viewKey } from './address';
import { rootOf } from './pages';
import { inViewOrder, readViewName, viewFor, viewNameKey, type KeptView, type SavedView } from './view';

const address = (text: string): string | null => {
  const reading = readAddress(text);
  return reading.ok ? reading.value : null;
};

describe('the address of a view', () => {
  it.each([
    ['/', '/'],
    ['/events?type=ELO_UPDATED&q=a%20b', '/events?type=ELO_UPDATED&q=a%20b'],
    ['/pipeline?config=hex8_2p,hex8_3p&range=7d', '/pipeline?config=hex8_2p,hex8_3p&range=7d'],
    ['/nodes/gh200%20a', '/nodes/gh200%20a'],
    ['/elo/', '/elo'],
    ['/elo#charts', '/elo'],
    // Which event is open beside the list is no part of the view.
    ['/events?severity=error&selected=018f', '/events?severity=error'],
    ['/models?selected=x', '/models?selected=x'],
  ])('%s is kept as %s', (given, kept) => {
    expect(address(given)).toBe(kept);
  });

  it.each([
    ...['', 'events', '//evil.example/events', '/\\evil.example', '\\/evil.example', 'javascript:alert(1)'],
    ...['https://evil.example/events', '/events/..//evil.example', '/api/events', '/_next/x', '/eventsx'],
    ...['/events/a/b', '/events\n?q=a', '\t/events', ' /events', '/events?q=\ud800', '/elo//'],
  ])('%j is refused', (given) => {
    expect(readAddress(given)).toEqual({ ok: false, mistake: expect.stringMatching(/^address: /) as string });
  });

  it('is bounded', () => {
    expect(address(`/events?q=${'a'.repeat(MAX_ADDRESS - 10)}`)).not.toBeNull();
    expect(address(`/events?q=${'a'.repeat(MAX_ADDRESS - 9)}`)).toBeNull();
  });

  it('law: what is kept is a path of ours, and reading it again changes nothing', () => {
    const piece = fc.constantFrom(
      '/',
      '/',
      '\\',
      '.',
      '..',
      'events',
      'nodes',
      ':',
      '@',
      '?',
      '#',
      'q=1',
      '%2e',
      '%2f',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const kept = address(pieces.join(''));
        if (kept === null) return;
        const url = new URL(kept, 'http://here.example');
        expect(url.origin).toBe('http://here.example');
        expect(rootOf(url.pathname)).not.toBeNull();
        expect(address(kept)).toBe(kept);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same view whatever the order of its parameters', () => {
    expect(viewKey('/events?a=1&b=2&a=3')).toBe(viewKey('/events?b=2&a=1&a=3'));
    expect(viewKey('/pipeline?config=a,b')).toBe(viewKey('/pipeline?config=a%2Cb'));
    expect(viewKey('/events?a=1')).not.toBe(viewKey('/events?a=2'));
    expect(viewKey('/events?selected=x')).toBe(viewKey('/events'));
    expect(viewKey('/nodes?view=table')).not.toBe(viewKey('/models?view=table'));
  });
});

describe('the name of a view', () => {
  const name = (text: string): string | null => {
    const reading = readViewName(text);
    return reading.ok ? reading.value : null;
  };

  it('loses needless blanks and nothing else', () => {
    expect(name('  Failures \t on\ngh200 ')).toBe('Failures on gh200');
    expect(name('👩‍👩‍👧 Über')).toBe('👩‍👩‍👧 Über');
    expect(name('x'.repeat(80))).not.toBeNull();
    expect(name('👍'.repeat(80))).not.toBeNull();
  });

  it.each(['', '   ', 'x'.repeat(81), 'a\u0000b', 'a\u202eb', '\ud800', '\u200b'])(
    'cannot be %j',
    (given) => {
      expect(readViewName(given)).toEqual({ ok: false, mistake: expect.stringMatching(/^name: /) as string });
    },
  );

  it('is compared without case', () => {
    expect(viewNameKey('Ｆailures')).toBe(viewNameKey('failures'));
    expect(viewNameKey('a')).not.toBe(viewNameKey('b'));
  });
});

it.each([
  ['ada', 'own', 'ada', true],
  ['ada', 'own', null, true],
  ['ada', 'own', 'ben', false],
  ['ada', 'all', 'ben', true],
  ['ada', 'none', 'ada', false],
  ['ada', 'none', null, false],
] as const)(
  '%s, who may change %s, sees whether a view of %s may be changed: %s',
  (id, changes, author_id, editable) => {
    const kept: KeptView = {
      ...{
        id: 1,
        name: 'a',
        address: '/',
        author: null,
        author_id,
        stars: ['ben'],
        created_at: 0,
        updated_at: 0,
      },
    };
    expect(viewFor(kept, { id, changes })).toMatchObject({ editable, starred: false });
    expect(viewFor(kept, { id: 'ben', changes })).toMatchObject({ starred: true });
    expect(JSON.stringify(viewFor(kept, { id, changes }))).not.toContain('ben');
  },
);

it('starred views come first, then by name', () => {
  const view = (id: number, named: string, starred = false): SavedView => ({
    ...{ id, name: named, starred, address: '/', author: null, editable: true, created_at: 0, updated_at: 0 },
  });
  const given = [view(1, 'v10'), view(2, 'v9'), view(3, 'Zoo', true), view(4, 'alpha')];
  expect(inViewOrder(given).map(({ id }) => id)).toEqual([3, 4, 2, 1]);
});
