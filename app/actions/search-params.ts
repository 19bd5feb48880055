import { createLoader, parseAsInteger, parseAsString } from 'nuqs/server';
import type { ListInput } from '@/server/api/actions/log';

/** What is listed, and which action is open: `?q=promote&kind=models.promote&action=<id>`. */
export const actionsSearch = {
  q: parseAsString.withDefault(''),
  kind: parseAsString,
  before: parseAsInteger,
  action: parseAsString,
};

export const loadActionsSearch = createLoader(actionsSearch);

export function listInputOf(search: { q: string; kind: string | null; before: number | null }): ListInput {
  const before = search.before !== null && search.before > 0 ? search.before : null;
  return {
    text: search.q.slice(0, 200),
    kind: search.kind?.slice(0, 100) ?? null,
    subject: null,
    before,
    limit: 25,
  };
}
