/** What came through the router between two looks; counts are per bucket, times epoch seconds of the server's clock. */
export interface ArrivalBucket {
  readonly from: number;
  readonly to: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly origins: readonly (readonly [origin: string, count: number])[];
  /** The commonest types; the others are counted together as `OTHER`. */
  readonly types: readonly (readonly [eventType: string, count: number])[];
}

export const OTHER = '(other)';

/** The router's own counters, which only ever grow. */
export interface ArrivalCounts {
  readonly stored: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly byOrigin: readonly (readonly [string, number])[];
  readonly byType: readonly (readonly [string, number])[];
}

export const ARRIVAL_SPANS = {
  /** The last hour in steps of 10 s. */
  hour: { seconds: 10, kept: 360 },
  /** The last day in steps of 5 min. */
  day: { seconds: 300, kept: 288 },
} as const;
export type ArrivalSpan = keyof typeof ARRIVAL_SPANS;

const TYPES_PER_BUCKET = 40;

/** What was counted at a moment. */
interface Look {
  readonly at: number;
  readonly counts: ArrivalCounts;
}

/**
 * How much came through this server in the last hour and day. It looks at counters that the router keeps anyway, so it
 * costs the way of an event nothing; memory is fixed. Starts anew with the process.
 */
export class Arrivals {
  readonly #read: () => ArrivalCounts;
  readonly #rows: Record<ArrivalSpan, { last: Look; buckets: ArrivalBucket[] }>;

  constructor(read: () => ArrivalCounts, now: number) {
    this.#read = read;
    const last = { at: now, counts: read() };
    this.#rows = { hour: { last, buckets: [] }, day: { last, buckets: [] } };
  }

  /** Closes the buckets that are full. Call it about once a second; `now` in epoch seconds. */
  tick(now: number): void {
    for (const span of ['hour', 'day'] as const) {
      const row = this.#rows[span];
      const { seconds, kept } = ARRIVAL_SPANS[span];
      // A clock that was set back starts a bucket anew rather than one of negative length.
      if (now < row.last.at) row.last = { ...row.last, at: now };
      if (Math.floor(now / seconds) === Math.floor(row.last.at / seconds)) continue;
      const look = { at: now, counts: this.#read() };
      row.buckets.push(bucketBetween(row.last, look));
      if (row.buckets.length > kept) row.buckets.splice(0, row.buckets.length - kept);
      row.last = look;
    }
  }

  /** Full buckets, oldest first. */
  buckets(span: ArrivalSpan): readonly ArrivalBucket[] {
    return this.#rows[span].buckets;
  }
}

function bucketBetween(before: Look, after: Look): ArrivalBucket {
  const types = growth(before.counts.byType, after.counts.byType);
  const others = types.slice(TYPES_PER_BUCKET).reduce((sum, [, count]) => sum + count, 0);
  return {
    from: before.at,
    to: after.at,
    stored: after.counts.stored - before.counts.stored,
    duplicates: after.counts.duplicates - before.counts.duplicates,
    rejected: after.counts.rejected - before.counts.rejected,
    origins: growth(before.counts.byOrigin, after.counts.byOrigin),
    types: others === 0 ? types : [...types.slice(0, TYPES_PER_BUCKET), [OTHER, others]],
  };
}

/** What grew by how much, most first. */
function growth(
  before: ArrivalCounts['byType'],
  after: ArrivalCounts['byType'],
): (readonly [string, number])[] {
  const known = new Map(before);
  return after
    .map(([name, count]): readonly [string, number] => [name, count - (known.get(name) ?? 0)])
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1]);
}
