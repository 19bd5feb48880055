import { SETTINGS } from '../../config';

/** Names that differ in more of their letters are not taken for a slip of the other. */
const MOST_APART = 3;

/** A line for each variable of the environment that is written like a setting of ours and is none. */
export function unknownSettings(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env)
    .filter(
      ([name, value]) => /^RINGSIDE_/i.test(name) && !SETTINGS.includes(name) && (value ?? '').trim() !== '',
    )
    .map(([name]) => {
      const meant = nearest(name);
      return `${name}: no setting has this name, so it changes nothing${meant === null ? '' : `; ${meant} was likely meant`}`;
    })
    .sort();
}

function nearest(name: string): string | null {
  const [first] = SETTINGS.map((setting) => ({ setting, apart: apart(bare(name), bare(setting)) }))
    .filter(({ setting, apart: far }) => far <= Math.min(MOST_APART, bare(setting).length / 3))
    .sort((a, b) => a.apart - b.apart);
  return first?.setting ?? null;
}

/** What tells settings apart: prefixes are confused too (`RINGSIDE_PORT`). */
const bare = (name: string): string =>
  name
    .toUpperCase()
    .replace(/^RING(SIDE|RIFT)_/, '')
    .replaceAll('_', '');

/** How many letters are to be put in, taken out or exchanged (Levenshtein). */
function apart(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [above, letter] of Array.from(one).entries()) {
    const next = [above + 1];
    for (const [left, wanted] of Array.from(other).entries())
      next.push(
        Math.min(
          (row[left + 1] ?? 0) + 1,
          (next[left] ?? 0) + 1,
          (row[left] ?? 0) + (letter === wanted ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
