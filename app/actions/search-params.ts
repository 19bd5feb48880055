import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { DECLARED, type ActionKind } from '@/domain/actions/declared';
import type { ListInput } from '@/server/api/actions/log';
import { PICKED } from '@/app/_client/page/page-search';

const KINDS = DECLARED.map(({ kind }) => kind);

/** What is listed, and which action is open: `?q=promote&kind=models.promote&action=<id>`. */
export const actionsSearch = {
  q: parseAsString.withDefault(''),
  kind: parseAsStringLiteral(KINDS).withOptions(PICKED),
  before: parseAsInteger.withOptions(PICKED),
  action: parseAsString.withOptions(PICKED),
};

/** Actions on one page of the list. */
export const PAGE_SIZE = 25;

export const loadActionsSearch = createLoader(actionsSearch);

export function listInputOf(search: {
  q: string;
  kind: ActionKind | null;
  before: number | null;
}): ListInput {
  const before = search.before !== null && search.before > 0 ? search.before : null;
  return {
    text: search.q.slice(0, 200),
    kind: search.kind,
    subject: null,
    before,
    limit: PAGE_SIZE,
  };
}
