import { expect as base, type Locator, type Page } from '@playwright/test';

interface Options {
  timeout?: number;
}
interface Asked {
  readonly isNot: boolean;
  readonly timeout: number;
}

/**
 * Waits without a word first, then asks Playwright, who has the last word within the time that is left. As often as something
 * is not as expected yet, seven times in the first second, Playwright describes the whole page, in case that was the
 * last time: an eighth of what scripts of a page cost (decision 0099).
 */
async function patiently(
  { isNot, timeout }: Asked,
  wait: (timeout: number) => Promise<unknown>,
  ask: (options: Options) => Promise<void>,
) {
  const begun = performance.now();
  await wait(timeout).catch(() => undefined);
  const left = Math.max(1, Math.round(timeout - (performance.now() - begun)));
  return ask({ timeout: left }).then(
    () => ({ pass: !isNot, message: () => '' }),
    (error: unknown) => ({
      pass: isNot,
      message: () => (error as Error).message.replaceAll(`${left}ms`, `${timeout}ms`),
    }),
  );
}

const asked = ({ isNot, timeout }: Asked, options: Options): Asked => ({
  isNot,
  timeout: options.timeout ?? timeout,
});
const nothing = (): Promise<void> => Promise.resolve();

export const expect = base.extend({
  toBeVisible(locator: Locator, options: Options = {}) {
    const state = this.isNot ? 'hidden' : 'visible';
    return patiently(
      asked(this, options),
      (timeout) => locator.waitFor({ state, timeout }),
      (left) => (this.isNot ? base(locator).not : base(locator)).toBeVisible(left),
    );
  },
  toContainText(locator: Locator, text: string | RegExp | readonly string[], options: Options = {}) {
    return patiently(
      asked(this, options),
      // Lists are judged without a description.
      this.isNot || typeof text === 'object'
        ? nothing
        : (timeout) => locator.filter({ hasText: text }).waitFor({ state: 'attached', timeout }),
      (left) => (this.isNot ? base(locator).not : base(locator)).toContainText(text, left),
    );
  },
  toHaveURL(page: Page, url: string | RegExp | ((url: URL) => boolean), options: Options = {}) {
    const at = typeof url === 'string' ? ({ href }: URL): boolean => href === url : url;
    return patiently(
      asked(this, options),
      this.isNot ? nothing : (timeout) => page.waitForURL(at, { timeout, waitUntil: 'commit' }),
      (left) => (this.isNot ? base(page).not : base(page)).toHaveURL(url, left),
    );
  },
});
