import { indexWords } from './index-alphabet';

/**
 * Free text in a filter: words separated by blanks, all of which must occur. A word such as `gh200-a` is looked for as
 * its parts in sequence, and the last part may be the beginning of a longer word. History answers with the full-text
 * index and live feeds with `textMatcher`; both split text alike: runs of letters and digits, without case or accents.
 */

/** At most so many words count; a pasted page is not a query. */
const MAX_WORDS = 32;

/** The phrases of a query: one list of tokens per word. Words without a letter or digit are left out. */
function phrases(query: string): string[][] {
  return query
    .split(/\s+/u)
    .slice(0, MAX_WORDS)
    .map(indexWords)
    .filter((phrase) => phrase.length > 0);
}

/** FTS5 expression for a query, or null when it holds no word (then it does not filter). */
export function matchExpression(query: string): string | null {
  const parts = phrases(query.slice(0, 2_000));
  if (parts.length === 0) return null;
  return parts.map((phrase) => `"${phrase.join(' ')}"*`).join(' AND ');
}

/** FTS5 phrase that every field with exactly this value contains (others may too), or null when it has no word. */
export function valuePhrase(value: string): string | null {
  const words = indexWords(value);
  return words.length === 0 ? null : `"${words.join(' ')}"`;
}

/** FTS5 phrase that every field that begins so contains (others may too), or null when it has no word. */
export function prefixPhrase(prefix: string): string | null {
  const phrase = valuePhrase(prefix);
  // One more letter makes no word of its own: the last word goes on.
  const open = phrase !== null && indexWords(`${prefix}x`).length === indexWords(prefix).length;
  return open ? `${phrase}*` : phrase;
}

/** Predicate over the indexed texts of an event, or null when the query holds no word. */
export function textMatcher(query: string): ((fields: readonly (string | null)[]) => boolean) | null {
  const parts = phrases(query.slice(0, 2_000)).map((phrase) => ` ${phrase.join(' ')}`);
  if (parts.length === 0) return null;
  return (fields) => {
    const text = fields.map((field) => (field === null ? '' : ` ${indexWords(field).join(' ')}`)).join('\n');
    return parts.every((part) => text.includes(part));
  };
}
