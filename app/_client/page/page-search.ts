import {
  createLoader,
  createMultiParser,
  parseAsArrayOf,
  parseAsFloat,
  parseAsString,
  parseAsStringLiteral,
  type SingleParser,
} from 'nuqs/server';

/**
 * For what a reader picks: a stretch, a filter, a tab, what is open. Back undoes it and Forward does it again. Text that is
 * typed, the order of rows and rows folded out are no steps: Back passes over them.
 */
export const PICKED = { history: 'push' } as const;

/**
 * Any number of values, as the API and the list of events take them: joined by commas, which is how they are written, or
 * the parameter repeated. Of a parameter that has one value, the first counts.
 */
export function listOf<T extends string>(item: SingleParser<T>) {
  const joined = parseAsArrayOf(item);
  return createMultiParser<T[]>({
    parse: (given) => [...new Set(given.flatMap((text) => joined.parse(text) ?? []))],
    serialize: (values) => [joined.serialize(values)],
    eq: joined.eq,
  });
}

/** What the URL of every page of figures says: which configs, and which stretch of time. */
export const RANGES = ['1h', '6h', '24h', '7d', '30d', 'all'] as const;
export type RangeId = (typeof RANGES)[number];

const SECONDS: Readonly<Record<RangeId, number>> = {
  '1h': 3_600,
  '6h': 21_600,
  '24h': 86_400,
  '7d': 604_800,
  '30d': 2_592_000,
  all: Infinity,
};

export const pageSearch = {
  config: listOf(parseAsString).withDefault([]).withOptions(PICKED),
  range: parseAsStringLiteral(RANGES).withDefault('all').withOptions(PICKED),
  /** Epoch seconds: a stretch picked on a chart, which outweighs `range`. */
  since: parseAsFloat.withOptions(PICKED),
  until: parseAsFloat.withOptions(PICKED),
};

export const loadPageSearch = createLoader(pageSearch);
export type PageSearch = Awaited<ReturnType<typeof loadPageSearch>>;

/** The input of a page's query: null means no limit. */
export type PageInput = { configs: string[]; since: number | null; until: number | null };

/** A relative range ends at the newest event (`clock`), so that a recording of last year shows its last 24 hours. */
export function inputOf(search: PageSearch, clock: number | null): PageInput {
  const configs = search.config.slice(0, 50);
  if (search.since !== null || search.until !== null) {
    return { configs, since: search.since, until: search.until };
  }
  const span = SECONDS[search.range];
  if (clock === null || span === Infinity) return { configs, since: null, until: null };
  // To the minute: a query that changes with every event would never be answered from the cache.
  return { configs, since: Math.floor((clock - span) / 60) * 60, until: null };
}
