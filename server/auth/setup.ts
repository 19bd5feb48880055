import type { Access } from './access';

/** What a start tells while nobody has an account. */
export interface SetupOffer {
  /** By it the first admin makes their account; once, within a day. */
  readonly link: string;
  /** History is there already: whoever came in without an account until now no longer does. */
  readonly usedBefore: boolean;
}

/** A new link for the first admin, which voids the one before; null where accounts are not asked for, or somebody has one. */
export async function offerSetup(access: Access, headSeq: number): Promise<SetupOffer | null> {
  if (access.mode === 'open' || !(await access.unclaimed())) return null;
  const { secret } = await access.users.setup('start');
  return { link: access.linkUrl(secret), usedBefore: headSeq > 0 };
}

const USE = 'Nobody has an account here yet. Open this link in a browser to become the first admin';
const HOLDS =
  'It works once, within 24 hours. Each start shows a new one until somebody has an account; `npx ringside users setup` makes one at once.';
const BEFORE =
  'There is a history already. Where everybody on this machine could use it until now, pages ask for an account from here on, and programs for a key, which ' +
  '`npx ringside keys create --name NAME --role producer` makes; commands on this machine work as before. ' +
  'RINGSIDE_ACCESS=open keeps it as it was.';

/** What is said beside the link: in one line for a log, and in a paragraph that stands out for a terminal. */
export function setupNotice({ link, usedBefore }: SetupOffer): { line: string; block: string } {
  const before = usedBefore ? [BEFORE] : [];
  return {
    line: [`${USE}.`, HOLDS, ...before].join(' '),
    block: ['', `${USE}:`, `    ${link}`, HOLDS, ...before, ''].join('\n\n'),
  };
}
