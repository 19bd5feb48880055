import * as z from 'zod';
import { isJsonObject, type Json } from '../../../domain/json';
import type { ActionEntry } from '../../history/actions/action-types';
import { services } from '../../services';
import { ApiError } from '../refusals/errors';
import { progressOf, statusOf, type ActionStatus } from './status';

/** An entry of the log of actions as pages and exports show it. */
export type ActionRow = {
  id: number;
  action_id: string;
  kind: string;
  at: number;
  actor: string;
  actor_kind: ActionEntry['actor']['kind'];
  address: string;
  subject: string | null;
  config: string | null;
  reason: string;
  event_type: string;
  /** A promotion that an admin forced while a recovery ran. */
  forced: boolean;
  hash: string;
};

export const listInput = z.strictObject({
  text: z.string().max(200).default(''),
  kind: z.string().max(100).nullable().default(null),
  subject: z.string().max(200).nullable().default(null),
  before: z.int().positive().nullable().default(null),
  limit: z.int().min(1).max(50).default(25),
});
export type ListInput = z.infer<typeof listInput>;

export type ActionList = {
  rows: (ActionRow & { status: ActionStatus | null })[];
  /** All that match, also those not listed. */
  total: number;
};

function isForced({ kind, input }: ActionEntry): boolean {
  if (kind !== 'models.promote') return false;
  return (JSON.parse(input) as { force?: boolean }).force === true;
}

export function rowOf(entry: ActionEntry): ActionRow {
  const { id, kind, at, subject, config, reason, hash, actor } = entry;
  return {
    ...{
      id,
      action_id: entry.actionId,
      kind,
      at,
      subject,
      config,
      reason,
      event_type: entry.eventType,
      forced: isForced(entry),
      hash,
    },
    ...{ actor: actor.name, actor_kind: actor.kind, address: actor.address },
  };
}

/** A page of the log, newest first, each with how far it got. Rejects while history cannot be read. */
export async function listActions({ text, kind, subject, before, limit }: ListInput): Promise<ActionList> {
  const { actions, total } = await services().actions.log.listActions(
    { text, ...(kind === null ? {} : { kind }), ...(subject === null ? {} : { subject }) },
    { limit, ...(before === null ? {} : { before }) },
  );
  const rows = await Promise.all(
    actions.map(async (entry) => ({ ...rowOf(entry), status: await progressOf(entry) })),
  );
  return { rows, total };
}

export type ActionDetail = ActionRow & {
  previous: string;
  input: Json;
  /** What the operator decided on, as it was then; null where an action shows none. */
  evidence: Json;
  status: ActionStatus | null;
};

/** One action with its evidence and how far it got. Throws ApiError `not_found`. */
export async function actionDetail(actionId: string): Promise<ActionDetail> {
  const entry = await services().actions.log.actionById(actionId);
  if (entry === null) throw new ApiError('not_found', 'no action has this id');
  const evidence = JSON.parse(entry.evidence) as Json;
  return {
    ...rowOf(entry),
    previous: entry.previous,
    input: JSON.parse(entry.input) as Json,
    evidence: isJsonObject(evidence) && Object.keys(evidence).length === 0 ? null : evidence,
    status: await statusOf(entry),
  };
}
