/**
 * How well a name answers what somebody typed. The order is one that people can foresee: the very name, then names that
 * begin so, names with a word that begins so, names that contain it, and last those whose letters come in this order.
 */

/** The letters of a text as they are compared: no case, no accents. */
export function folded(text: string): string {
  const lower = text.toLowerCase();
  // Nearly all names are plain, and thousands of them are looked at per key press.
  return /^[\x00-\x7f]*$/.test(lower) ? lower : lower.normalize('NFKD').replace(/\p{M}/gu, '');
}

/** The words of a query; a name must answer each of them. */
export function wordsOf(query: string): string[] {
  return folded(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
}

const EXACT = 0;
const BEGINS = 1;
const WORD_BEGINS = 2;
const CONTAINS = 3;
const SCATTERED = 4;
const TIER = 1_000;

/** Fewer letters than this fit anywhere. */
const MIN_SCATTERED = 3;
/** Letters further apart than this, on average, are a coincidence. */
const MAX_SPREAD = 3;

/** Lower is better; null where a word is not answered. Without words everything is equally good. */
export function rankOf(words: readonly string[], name: string): number | null {
  const text = folded(name);
  let worst = 0;
  for (const word of words) {
    const rank = rankWord(word, text);
    if (rank === null) return null;
    worst = Math.max(worst, rank);
  }
  return worst;
}

function rankWord(word: string, text: string): number | null {
  const at = text.indexOf(word);
  if (at === 0) return (word.length === text.length ? EXACT : BEGINS) * TIER;
  if (at > 0) {
    const start = wordStart(word, text, at);
    return start === null ? CONTAINS * TIER + place(at) : WORD_BEGINS * TIER + place(start);
  }
  const spread = word.length < MIN_SCATTERED ? null : spreadOf(word, text);
  return spread === null ? null : SCATTERED * TIER + place(spread);
}

const place = (at: number): number => Math.min(at, TIER - 1);

/** The first place from `from` on where the word stands at the beginning of a word of the text. */
function wordStart(word: string, text: string, from: number): number | null {
  for (let at = from; at >= 0; at = text.indexOf(word, at + 1)) if (isStart(text, at)) return at;
  return null;
}

const LETTER = /[\p{L}\p{N}]/u;
const DIGIT = /\p{N}/u;

/** A word begins after a sign that is none of a word, and where digits follow letters: `v43` has the word `43`. */
function isStart(text: string, at: number): boolean {
  const before = text[at - 1];
  const first = text[at] ?? '';
  if (before === undefined || !LETTER.test(before)) return LETTER.test(first);
  return DIGIT.test(first) && !DIGIT.test(before);
}

/** Over how many letters the word is spread, at the least, when its first letter begins a word; null: it is not there. */
function spreadOf(word: string, text: string): number | null {
  const first = word.charAt(0);
  let best: number | null = null;
  for (let start = text.indexOf(first); start >= 0; start = text.indexOf(first, start + 1)) {
    if (!isStart(text, start)) continue;
    const end = endOf(word, text, start);
    if (end === null) break;
    const spread = end - start;
    if (spread <= word.length * MAX_SPREAD && (best === null || spread < best)) best = spread;
  }
  return best;
}

function endOf(word: string, text: string, start: number): number | null {
  let at = start;
  for (const letter of word) {
    const found = text.indexOf(letter, at);
    if (found < 0) return null;
    at = found + 1;
  }
  return at;
}

/** The best of many, at most `limit`, and how many more there are. */
export interface Best<T> {
  readonly best: readonly T[];
  readonly more: number;
}

/**
 * The best answers among many names, in one pass. `before` decides between equally good ones; it is asked only for those
 * that have a chance.
 */
export function bestOf<T>(
  words: readonly string[],
  items: Iterable<T>,
  nameOf: (item: T) => string,
  limit: number,
  before: (a: T, b: T) => number,
): Best<T> {
  const kept: { item: T; rank: number }[] = [];
  let count = 0;
  for (const item of items) {
    const rank = rankOf(words, nameOf(item));
    if (rank === null) continue;
    count++;
    const isAfter = (other: { item: T; rank: number }): boolean =>
      rank > other.rank || (rank === other.rank && before(item, other.item) >= 0);
    const last = kept.at(-1);
    if (kept.length === limit && (last === undefined || isAfter(last))) continue;
    let at = kept.length;
    while (at > 0 && !isAfter(kept[at - 1] as (typeof kept)[number])) at--;
    kept.splice(at, 0, { item, rank });
    if (kept.length > limit) kept.pop();
  }
  return { best: kept.map(({ item }) => item), more: count - kept.length };
}
