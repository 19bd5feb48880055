import { distance } from 'fastest-levenshtein';
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
  const [first] = SETTINGS.map((setting) => ({ setting, apart: distance(bare(name), bare(setting)) }))
    .filter(({ setting, apart }) => apart <= Math.min(MOST_APART, bare(setting).length / 3))
    .sort((a, b) => a.apart - b.apart);
  return first?.setting ?? null;
}

/** What tells settings apart: prefixes are confused too (`RINGSIDE_PORT`). */
const bare = (name: string): string =>
  name
    .toUpperCase()
    .replace(/^RING(SIDE|RIFT)_/, '')
    .replaceAll('_', '');
