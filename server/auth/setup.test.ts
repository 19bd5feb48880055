import { describe, expect, it } from 'vitest';
import type { Access } from './access';
import { offerSetup, setupNotice } from './setup';

/** An access without users, which counts the links that it made. */
function fakeAccess(mode: 'open' | 'accounts', unclaimed: boolean) {
  const made: string[] = [];
  const access = {
    mode,
    unclaimed: () => Promise.resolve(unclaimed),
    users: {
      setup: (by: string) => {
        made.push(by);
        return Promise.resolve({ secret: `secret-${made.length}`, expiresAt: 0 });
      },
    },
    linkUrl: (secret: string) => `http://here/welcome#${secret}`,
  } as unknown as Access;
  return { access, made };
}

describe('the offer of a setup', () => {
  it('is made at each start until somebody has an account, and never where none is asked for', async () => {
    const fresh = fakeAccess('accounts', true);
    expect(await offerSetup(fresh.access, 0)).toEqual({
      link: 'http://here/welcome#secret-1',
      usedBefore: false,
    });
    expect(await offerSetup(fresh.access, 7)).toEqual({
      link: 'http://here/welcome#secret-2',
      usedBefore: true,
    });
    for (const none of [fakeAccess('open', true), fakeAccess('accounts', false)]) {
      expect(await offerSetup(none.access, 7)).toBeNull();
      expect(none.made).toEqual([]);
    }
  });

  it('says what changes for whoever used it before, and shows the link in its paragraph alone', () => {
    const link = 'http://here/welcome#secret';
    const [fresh, used] = [false, true].map((usedBefore) => setupNotice({ link, usedBefore }));
    expect(fresh?.block).toContain(link);
    expect(fresh?.line).not.toContain(link);
    expect(fresh?.line).toContain('within 24 hours');
    expect(fresh?.block).not.toContain('RINGSIDE_ACCESS=open');
    expect(used?.line).toContain('RINGSIDE_ACCESS=open');
    expect(used?.block).toContain('RINGSIDE_ACCESS=open');
  });
});
