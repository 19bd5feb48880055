import type { ActionEntry, ActionFilter } from './action-types';

export type ActionColumns = {
  id: number;
  action_id: string;
  key: string;
  kind: string;
  at: number;
  actor_kind: ActionEntry['actor']['kind'];
  actor: string;
  address: string;
  subject: string | null;
  config: string | null;
  reason: string;
  event_type: string;
  input: string;
  evidence: string;
  previous: string;
  hash: string;
};

export function toAction(row: ActionColumns): ActionEntry {
  const { action_id: actionId, actor_kind: kind, event_type: eventType, actor, address, ...rest } = row;
  return { ...rest, actionId, eventType, actor: { kind, name: actor, address } };
}

/** Each word must occur in one of the columns that a person reads. Text from outside reaches SQLite as bound values only. */
const HAYSTACK =
  "lower(kind || ' ' || actor || ' ' || address || ' ' || coalesce(subject, '') || ' ' || coalesce(config, '') || ' ' || reason || ' ' || event_type || ' ' || action_id)";

export function actionFilterSql({ text, kind, subject }: ActionFilter): {
  where: string;
  params: readonly string[];
} {
  const conditions = ['1'];
  const params: string[] = [];
  for (const word of (text ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10)) {
    conditions.push(`instr(${HAYSTACK}, ?) > 0`);
    params.push(word);
  }
  if (kind !== undefined) {
    conditions.push('kind = ?');
    params.push(kind);
  }
  if (subject !== undefined) {
    conditions.push('subject = ?');
    params.push(subject);
  }
  return { where: conditions.join(' AND '), params };
}
