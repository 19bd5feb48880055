import type { NextStripe } from './stripe-reader';
import { STRIPE, type StripeValues } from './stripe';

const LOOK_MS = 1_000;
/** Without new events it is asked this often whether removals left something to be made again. */
const LOOK_AGAIN_MS = 60_000;
/** After trouble with the disk. */
const TROUBLE_MS = 30_000;
/** While more events than this come in a second the machine is theirs. */
const MOST_PER_SECOND = 10_000;

export interface ValueSource {
  readonly headSeq: () => number;
  readonly next: (full: number) => Promise<NextStripe | null>;
  readonly store: (values: StripeValues) => Promise<unknown>;
}

/**
 * Has the columns of payload values made in a reader thread, stripe by stripe, of new events and of those that an older version
 * stored. Searches read what is missing from the events, so it is in no hurry.
 */
export class ValueKeeper {
  /** Stripes without values; null before the first look. */
  missing: number | null = null;
  /** Questions of its own that a reader has not answered. */
  asked = 0;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;
  #pace = { seq: 0, at: 0 };
  #looked = { full: -1, at: -Infinity };

  constructor(private readonly source: ValueSource) {}

  start(): void {
    this.#pace = { seq: this.source.headSeq(), at: performance.now() };
    this.#later(LOOK_MS);
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** Has all that is missing made at once; resolves to how many stripes that were. */
  async catchUp(): Promise<number> {
    let made = 0;
    while (!this.#stopped && (await this.#step())) made += 1;
    return made;
  }

  #later(ms: number): void {
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#look(), ms).unref();
  }

  async #look(): Promise<void> {
    try {
      const again = !this.#crowded() && this.#due() && (await this.#step()) && this.missing !== 0;
      this.#later(again ? 0 : LOOK_MS);
    } catch {
      // Whoever publishes meets the same trouble, and tells.
      this.#later(TROUBLE_MS);
    }
  }

  #crowded(): boolean {
    const [seq, at] = [this.source.headSeq(), performance.now()];
    const crowded = (seq - this.#pace.seq) * 1_000 > MOST_PER_SECOND * (at - this.#pace.at);
    if (at - this.#pace.at >= LOOK_MS / 2) this.#pace = { seq, at };
    return crowded;
  }

  #due(): boolean {
    const more = this.#full() !== this.#looked.full || this.missing !== 0;
    return more || performance.now() - this.#looked.at > LOOK_AGAIN_MS;
  }

  #full(): number {
    return Math.floor(this.source.headSeq() / STRIPE);
  }

  /** Makes one stripe; false when none is missing. */
  async #step(): Promise<boolean> {
    const full = this.#full();
    this.#looked = { full, at: performance.now() };
    this.asked = 1;
    const found = await this.source.next(full).finally(() => (this.asked = 0));
    if (found !== null && !this.#stopped) {
      const { missing: _missing, ...values } = found;
      await this.source.store(values);
    }
    this.missing = found === null ? 0 : found.missing - 1;
    return found !== null;
  }
}
