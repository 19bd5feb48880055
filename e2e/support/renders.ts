import type { Page } from '@playwright/test';

interface Fiber {
  readonly flags: number;
  readonly type: unknown;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
  readonly alternate: Fiber | null;
}

interface Counted {
  commits: number;
  /** Components on the page, by the last commit. */
  all: number;
  /** The most that one commit rendered of those that were there already. */
  again: number;
}

/**
 * Counts, from the next load on, what React renders again: that costs a browser time and mostly shows nothing. It listens
 * where React's developer tools do (`flags & 1`: the component's function ran).
 */
export async function countRenders(page: Page): Promise<{ read: () => Promise<Counted> }> {
  await page.addInitScript(() => {
    const counted: Counted = { commits: 0, all: 0, again: 0 };
    const isComponent = ({ type }: Fiber): boolean => type !== null && typeof type !== 'string';
    const children = function* ({ child }: Fiber): Generator<Fiber> {
      for (let each = child; each !== null; each = each.sibling) yield each;
    };
    const count = (fiber: Fiber): number => {
      let sum = isComponent(fiber) ? 1 : 0;
      for (const child of children(fiber)) sum += count(child);
      return sum;
    };
    const again = (fiber: Fiber): number => {
      const before = fiber.alternate;
      if (before === null) return 0;
      let sum = isComponent(fiber) && (fiber.flags & 1) === 1 ? 1 : 0;
      // What nothing below has changed is the very same.
      if (fiber.child !== before.child) for (const child of children(fiber)) sum += again(child);
      return sum;
    };
    const hook = {
      supportsFiber: true,
      renderers: new Map(),
      inject: () => 1,
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
      onCommitFiberRoot: (_: number, { current }: { current: Fiber }) => {
        counted.commits += 1;
        counted.all = count(current);
        counted.again = Math.max(counted.again, again(current));
      },
    };
    Object.assign(window, { __REACT_DEVTOOLS_GLOBAL_HOOK__: hook, rendersCounted: counted });
  });
  const read = (): Promise<Counted> =>
    page.evaluate(() => (window as unknown as { rendersCounted: Counted }).rendersCounted);
  return { read };
}
