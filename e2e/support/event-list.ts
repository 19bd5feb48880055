import type { Locator, Page } from '@playwright/test';
import { expect } from './expect';
import { live } from './pages';

/** Live, and the feed takes keys: its total is asked for by the same effects. */
export async function feedReady(page: Page): Promise<void> {
  await live(page);
  await expect(page.getByTestId('total')).toHaveText(/match/);
}
export const rowOf = (page: Page, seq: number): Locator =>
  page.locator(`[data-testid="event-row"][data-seq="${seq}"]`);
