/** Where the overview lists what is wrong. */
export const PROBLEMS_ANCHOR = 'problems';

const MARK = /^\(\d+\) /;

/** The title of a tab in the background, which tells how many problems wait for somebody: `(3) Elo · Ringside`. */
export function countedTitle(title: string, unseen: number): string {
  const own = title.replace(MARK, '');
  return unseen === 0 ? own : `(${unseen}) ${own}`;
}
