import { parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { listOf, PICKED } from '@/app/_client/page/page-search';

export const VIEWS = ['types', 'flows'] as const;
export const SEEN = ['all', 'seen', 'unseen', 'drifted'] as const;

/** What of the catalogue is shown: `?q=words&category=training,sync&seen=drifted&open=ELO_UPDATED`, or `?view=flows`. */
export const catalogueParams = {
  view: parseAsStringLiteral(VIEWS).withDefault('types').withOptions(PICKED),
  q: parseAsString.withDefault(''),
  category: listOf(parseAsString).withDefault([]).withOptions(PICKED),
  seen: parseAsStringLiteral(SEEN).withDefault('all').withOptions(PICKED),
  /** Types whose entry is opened. */
  open: listOf(parseAsString).withDefault([]),
};
