/**
 * Every key of a page, with what it does. `useKeys` takes only keys of this table, and the help shows those of them that
 * something on the page answers right now: neither can go without the other.
 */
export interface PageKey {
  readonly says: string;
  /** As `KeyboardEvent.key` has them; each of them does it. */
  readonly keys: readonly string[];
}

const TABLE = [
  { says: 'Next row', keys: ['j', 'ArrowDown'] },
  { says: 'Prior row', keys: ['k', 'ArrowUp'] },
  { says: 'Open the row', keys: ['Enter'] },
  { says: 'Open the row in place, close it', keys: ['ArrowRight', 'ArrowLeft'] },
  { says: 'Close what is open, follow again', keys: ['Escape'] },
  { says: 'Pause, or follow again', keys: ['t'] },
  { says: 'Search', keys: ['/'] },
  { says: 'Export what matches', keys: ['e'] },
  { says: 'Prior event of the config or node', keys: ['['] },
  { says: 'Next event of the config or node', keys: [']'] },
] as const satisfies readonly PageKey[];

export const PAGE_KEYS: readonly PageKey[] = TABLE;

/** A key that a page may answer. */
export type PageKeyName = (typeof TABLE)[number]['keys'][number];

/** What part of a page does with its keys; a function that returns false leaves the key to the browser. */
export type KeyHandlers = { readonly [Key in PageKeyName]?: () => unknown };

/** The entries of the table that a page answers, each with those of its keys that work. */
export function workingKeys(answered: ReadonlySet<string>): PageKey[] {
  return PAGE_KEYS.flatMap(({ says, keys }) => {
    const working = keys.filter((key) => answered.has(key));
    return working.length === 0 ? [] : [{ says, keys: working }];
  });
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowRight: '→',
  ArrowLeft: '←',
  Escape: 'Esc',
};

/** A key as it is printed on the keyboard. */
export function keyName(key: string): string {
  return NAMES[key] ?? key;
}
