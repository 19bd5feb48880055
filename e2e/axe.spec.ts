import { expect, test } from './support/fixtures';
import { seriousFindings, tooWide } from './support/inspect';
import { live, PAGES } from './support/pages';
import { allEvents } from './support/rest';
import { tellAll } from './support/story';

// Files run in the order of their names: the longest test is among the first, so that no core waits for it at the end.

// Chromium reports the page that is not there, as it should.
test.use({ expectedErrors: [/404 \(Not Found\) \S+\/events\/\S+$/] });

test('axe finds nothing serious on any page, light or dark; no page is wider than the window', async ({
  page,
  ringside,
  cluster,
}) => {
  // Sixteen pages, each looked at twice.
  test.slow();
  await tellAll(ringside, cluster);
  const newest = (await allEvents(ringside.url)).at(-1)?.event_id ?? '';
  const found: string[] = [];
  // The entries of a category stand for those of all 159 types: axe looks at each of their words.
  const looked = PAGES.map(({ path }) => (path === '/catalogue' ? '/catalogue?category=models' : path));
  const paths = [...looked, `/events?selected=${newest}`, '/events/12', '/events/999'];
  for (const path of paths) {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    await page.goto(`${ringside.url}${path}`);
    await live(page);
    found.push(...(await tooWide(page, path)));
    await page.setViewportSize({ width: 1280, height: 900 });
    found.push(...(await seriousFindings(page, `${path} light`)));
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' });
    await expect(page.locator('html')).toHaveClass(/dark/);
    // The other rules do not see colours.
    found.push(...(await seriousFindings(page, `${path} dark`, ['color-contrast'])));
  }
  expect(found).toEqual([]);
});
