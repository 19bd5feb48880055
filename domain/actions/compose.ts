import * as z from 'zod';
import { isJsonObject, type JsonObject } from '../json';
import { ACTION_FIELDS, isAction } from './actor';
import { keyInput, reasonInput } from './input';

/**
 * Types that change the champion, by whichever name: they are decided with the evidence in view, in dialogs of their own,
 * and never composed.
 */
const DECIDED_ELSEWHERE: Readonly<Record<string, 'promote' | 'rollback'>> = {
  MODEL_PROMOTED: 'promote',
  PROMOTION_COMPLETE: 'promote',
  TIER_GATING_COMPLETE: 'promote',
  CROSSBOARD_PROMOTION: 'promote',
  PROMOTION_ROLLED_BACK: 'rollback',
  TRAINING_ROLLBACK_COMPLETED: 'rollback',
};

/** Why a type cannot be composed, in words for the operator; null when it can. */
export function decidedElsewhere(eventType: string): string | null {
  const verb = Object.hasOwn(DECIDED_ELSEWHERE, eventType) ? DECIDED_ELSEWHERE[eventType] : undefined;
  if (verb === undefined) return null;
  return verb === 'promote'
    ? `${eventType} makes a model champion: promote it on its page, where the evidence is.`
    : `${eventType} takes a champion back: roll it back on its page, where the evidence is.`;
}

export const composeInput = z.strictObject({
  event_type: z.string().min(1).max(200),
  payload: z.custom<JsonObject>(isJsonObject, 'must be a JSON object'),
  /** Sends it although it differs from what the catalogue documents. */
  allow_drift: z.boolean().default(false),
  /** The past event that it began as. */
  from: z.string().max(100).nullable().default(null),
  key: keyInput,
  reason: reasonInput,
});
export type ComposeInput = z.infer<typeof composeInput>;

/** What of a past event is sent again: all but who did it then, and when it was. */
export function templateOf({ payload, source }: { payload: JsonObject; source: string }): JsonObject {
  const ours = isAction({ payload, source });
  const told = ours && payload['action_reason'] === undefined ? ['reason'] : [];
  const left = new Set<string>([...ACTION_FIELDS, ...told, 'timestamp']);
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !left.has(name)));
}

/** The fields that no composed payload may bring along: they say who acted, and the server writes them. */
export function reservedField(payload: JsonObject): string | null {
  return ACTION_FIELDS.find((name) => Object.hasOwn(payload, name)) ?? null;
}
