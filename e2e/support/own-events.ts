import type { Locator, Page } from '@playwright/test';
import { expect } from './expect';
import { rowOf } from './event-list';
import { allEvents, firstOf, totalOf, type RestEvent } from './rest';
import { rowsOnScreen } from './seen-rows';

/** What one test published under a source of its own, numbered from 1: others may have published before it. */
export class OwnEvents {
  /** The seq before the first. */
  before = 0;

  constructor(
    private readonly url: string,
    readonly source: string,
  ) {}

  /** The list of these and no others. */
  get list(): string {
    return `${this.url}/events?source=${this.source}`;
  }

  /** All of them, oldest first; of one type, when it is named. */
  all(type?: string): Promise<RestEvent[]> {
    return allEvents(this.url, `&source=${this.source}${type === undefined ? '' : `&type=${type}`}`);
  }

  /** Waits until so many are stored; from then on they have their numbers. */
  async stored(count: number): Promise<void> {
    await expect.poll(() => totalOf(this.url, `&source=${this.source}`)).toBe(count);
    await this.#number();
  }

  async #number(): Promise<void> {
    const first = await firstOf(this.url, `&source=${this.source}`);
    this.before = (first?.seq ?? 1) - 1;
  }

  /** Over HTTP, each new; from then on they have their numbers. */
  async publish(events: readonly object[]): Promise<void> {
    const response = await fetch(`${this.url}/api/events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(events.map((event) => ({ source: this.source, ...event }))),
    });
    const { results } = (await response.json()) as { results: readonly { status: string }[] };
    expect(results.map(({ status }) => status)).toEqual(events.map(() => 'stored'));
    await this.#number();
  }

  /** What the list of all events says of their number, with so many of these. */
  matchOfAll(count: number): string {
    return `${(this.before + count).toLocaleString('en-GB')} match`;
  }

  row(page: Page, number: number): Locator {
    return rowOf(page, this.before + number);
  }

  /** Numbers of the rows on screen, from top to bottom; those of others are below 1. */
  async onScreen(page: Page): Promise<number[]> {
    return (await rowsOnScreen(page)).map((seq) => seq - this.before);
  }
}
