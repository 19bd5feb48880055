import type { Page } from '@playwright/test';

/** Notes the seq of every feed row at the moment it comes on screen, and when: the list is virtual, rows come and go. */
export async function watchRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = new Map<number, number>();
    Object.assign(window, { seenRows: seen });
    const look = (): void => {
      const now = Date.now();
      for (const row of document.querySelectorAll('[data-testid="event-row"]')) {
        const seq = Number(row.getAttribute('data-seq'));
        if (!seen.has(seq)) seen.set(seq, now);
      }
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['data-seq'],
    });
    look();
  });
}

/** Seqs in the order in which they first came on screen, with the time (epoch ms). */
export function seenRows(page: Page): Promise<[seq: number, at: number][]> {
  return page.evaluate(() => [...(window as unknown as { seenRows: Map<number, number> }).seenRows]);
}

/** Seqs of the rows on screen now, from top to bottom. */
export async function rowsOnScreen(page: Page): Promise<number[]> {
  const rows = await page.getByTestId('event-row').evaluateAll((elements) =>
    elements
      .map(
        (element) => [element.getBoundingClientRect().top, Number(element.getAttribute('data-seq'))] as const,
      )
      .sort(([a], [b]) => a - b)
      .map(([, seq]) => seq),
  );
  return rows;
}
