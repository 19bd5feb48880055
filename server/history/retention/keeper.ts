import type { Logger } from 'pino';
import {
  ageLimits,
  KEEP_EVERYTHING,
  retentionPolicySchema,
  setsLimit,
  type RetentionPolicy,
} from '../../../domain/retention/policy';
import { countRemovable, type RetentionPreview } from './preview';
import { START, type RemovalPass, type RemovalPlace } from './removal-sql';
import type { FileSize } from './size';
import type { RetentionStore } from './store';

const SETTING = 'retention';
const HOUR_MS = 3_600_000;
const DAY_SECONDS = 86_400;
/** Between two transactions: removing takes at most half of the writer's time. */
const PAUSE_MS = 20;
/** Rounds of giving back at the end of a run, at most: a gigabyte. */
const TIDY_ROUNDS = 500;

/** What the last run did. */
export interface RetentionRun {
  readonly beganAt: number;
  readonly endedAt: number | null;
  readonly removed: number;
  readonly size: FileSize | null;
  /** Why it stopped before its end, as one line; the next run goes on where it is needed. */
  readonly trouble: string | null;
}

export interface RetentionStatus {
  readonly policy: RetentionPolicy;
  /** Epoch seconds and name of the last change; null for the default. */
  readonly changed: { readonly at: number; readonly by: string } | null;
  readonly run: RetentionRun | null;
}

/**
 * Keeps history within the limits that an operator has set: looks every hour, and after each change. Without a limit it
 * does nothing. It never waits for anything but the writer's and readers' short answers, so publishing goes on beside it.
 */
export class RetentionKeeper {
  #policy: RetentionPolicy = KEEP_EVERYTHING;
  #changed: RetentionStatus['changed'] = null;
  #run: RetentionRun | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #timer: NodeJS.Timeout | null = null;
  /** Up to where each period has been applied: the next run begins there. Forgotten when the policy changes, and once a day. */
  #done = new Map<number, number>();
  #fromStartAt = 0;

  constructor(
    private readonly store: RetentionStore,
    private readonly log: Logger,
    private readonly now: () => number = () => Date.now() / 1000,
  ) {}

  /** Reads the policy and begins to keep it. A stored policy that this version cannot read removes nothing. */
  async start(): Promise<void> {
    const stored = await this.store.setting(SETTING);
    if (stored) {
      const parsed = retentionPolicySchema.safeParse(parseJson(stored.value));
      if (parsed.success) this.#policy = parsed.data;
      else
        this.log.warn('the stored retention policy cannot be read: nothing is removed until it is set anew');
      this.#changed = { at: stored.changedAt, by: stored.changedBy };
    }
    this.#timer = setInterval(() => this.#begin(), HOUR_MS);
    this.#timer.unref();
    this.#begin();
  }

  status(): RetentionStatus {
    return { policy: this.#policy, changed: this.#changed, run: this.#run };
  }

  /** Stores a policy and applies it at once. Rejects with HistoryUnavailableError; then the one before stays in force. */
  async set(policy: RetentionPolicy, by: string): Promise<void> {
    await this.store.saveSetting(SETTING, JSON.stringify(policy), by);
    this.#policy = policy;
    this.#changed = { at: this.now(), by };
    this.#done = new Map();
    this.#begin();
  }

  /** What a policy would remove if it were applied now; nothing is removed. */
  preview(policy: RetentionPolicy): Promise<RetentionPreview> {
    return countRemovable(this.store, policy, this.now());
  }

  /** Resolves when no run is under way. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearInterval(this.#timer);
    await this.settled();
  }

  #begin(): void {
    if (this.#running) {
      this.#again = true;
      return;
    }
    if (this.#stopped || !setsLimit(this.#policy)) return;
    this.#running = this.#keep().finally(() => {
      this.#running = null;
      if (!this.#again) return;
      this.#again = false;
      this.#begin();
    });
  }

  async #keep(): Promise<void> {
    const policy = this.#policy;
    this.#run = { beganAt: this.now(), endedAt: null, removed: 0, size: null, trouble: null };
    let trouble: string | null = null;
    try {
      await this.#byAge(policy);
      await this.#bySize(policy);
      if (this.#run.removed > 0) await this.#giveBack();
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
    }
    this.#run = { ...this.#run, endedAt: this.now(), trouble };
    if (trouble !== null) this.log.warn({ trouble }, 'retention stopped; it goes on within the hour');
    else if (this.#run.removed > 0) this.log.info({ removed: this.#run.removed }, 'retention removed events');
  }

  async #byAge(policy: RetentionPolicy): Promise<void> {
    // Once a day from the start: for late comers, and for what had to stay then (too new here, not folded, not forwarded).
    if (this.now() - this.#fromStartAt >= DAY_SECONDS) {
      this.#done.clear();
      this.#fromStartAt = this.now();
    }
    // Another policy that comes meanwhile has a map of its own.
    const done = this.#done;
    for (const { days, categories, before } of ageLimits(policy, this.now())) {
      const from = done.get(days);
      const place = from === undefined ? START : { timestamp: from, seq: -1 };
      const whole = await this.#pass({ categories, before, keep: policy }, place);
      if (whole) done.set(days, before);
    }
  }

  /** The oldest go until what is left is small enough, by the bytes that an event takes on average. */
  async #bySize(policy: RetentionPolicy): Promise<void> {
    if (policy.max_bytes === null) return;
    const { usedBytes, events } = await this.store.size();
    const excess = usedBytes - policy.max_bytes;
    if (excess <= 0 || events === 0) return;
    const most = Math.ceil(excess / (usedBytes / events));
    await this.#pass({ categories: null, before: 1e300, keep: policy }, START, most);
  }

  /** Resolves to whether the pass went to its end. */
  async #pass(pass: RemovalPass, from: RemovalPlace, most = Number.MAX_SAFE_INTEGER): Promise<boolean> {
    let left = most;
    for (let place: RemovalPlace | null = from; place;) {
      if (this.#stopped || this.#again) return false;
      const { removed, next } = await this.store.slice(pass, place, left);
      left -= removed;
      place = next;
      if (this.#run) this.#run = { ...this.#run, removed: this.#run.removed + removed };
      await pause();
    }
    return true;
  }

  async #giveBack(): Promise<void> {
    let size = await this.store.tidy();
    for (let round = 1; round < TIDY_ROUNDS && size.givesBack && size.freeBytes > 0; round++) {
      if (this.#stopped) break;
      await pause();
      const next = await this.store.tidy();
      if (next.freeBytes >= size.freeBytes && next.usedBytes >= size.usedBytes) break;
      size = next;
    }
    if (this.#run) this.#run = { ...this.#run, size };
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
