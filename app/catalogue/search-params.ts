import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const VIEWS = ['types', 'flows'] as const;
export const SEEN = ['all', 'seen', 'unseen', 'drifted'] as const;

/** What of the catalogue is shown: `?q=words&category=training,sync&seen=drifted&open=ELO_UPDATED`, or `?view=flows`. */
export const catalogueParams = {
  view: parseAsStringLiteral(VIEWS).withDefault('types'),
  q: parseAsString.withDefault(''),
  category: parseAsArrayOf(parseAsString).withDefault([]),
  seen: parseAsStringLiteral(SEEN).withDefault('all'),
  /** Types whose entry is opened. */
  open: parseAsArrayOf(parseAsString).withDefault([]),
};
