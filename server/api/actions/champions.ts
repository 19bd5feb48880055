import { may, type Role } from '../../../domain/access/permissions';
import type { Actor, PromoteInput, ReleaseInput, RollbackInput } from '../../../domain/actions';
import type { JsonObject } from '../../../domain/json';
import { HOLD_RELEASED } from '../../../domain/projections/models';
import { services } from '../../services';
import { ApiError } from '../refusals/errors';
import { eventsOf, isSearchable } from '../pages/models/history';
import { promotionEvidence, rollbackEvidence, type Evidence } from './evidence';
import { press, type Pressed } from './press';

type Confirmed = Pick<PromoteInput, 'model_id' | 'confirm' | 'expected_champion' | 'acknowledged' | 'force'>;

/**
 * Makes a model champion; an admin can force it while a recovery runs. Throws ApiError: not_found, bad_request, forbidden,
 * conflict (with details), unavailable.
 */
export async function promote(
  actor: Actor,
  role: Role,
  { key, confirm, ...asked }: PromoteInput,
): Promise<Pressed> {
  if (asked.force === true && !may(role, 'administer'))
    throw new ApiError('forbidden', `only an admin can force a promotion; ${actor.name} is ${role}`);
  return press(actor, {
    ...{
      kind: 'models.promote',
      key,
      reason: asked.reason,
      asked: { ...asked, acknowledged: sorted(asked) },
    },
    decide: async () => {
      const path = await modelPath(asked.model_id);
      const evidence = promotionEvidence(services().live.states(), asked.model_id);
      check({ ...asked, confirm }, evidence);
      return {
        eventType: 'MODEL_PROMOTED',
        payload: {
          ...promotedPayload(evidence, path),
          ...(asked.force === true && evidence.refusal !== null ? { forced: true } : {}),
        },
        ...about(asked.model_id, evidence),
      };
    },
  });
}

/** Takes the champion back to an earlier one. Throws as `promote` does. */
export function rollback(actor: Actor, { key, confirm, ...asked }: RollbackInput): Promise<Pressed> {
  return press(actor, {
    ...{
      kind: 'models.rollback',
      key,
      reason: asked.reason,
      asked: { ...asked, acknowledged: sorted(asked) },
    },
    decide: () => {
      const evidence = rollbackEvidence(services().live.states(), asked.model_id, asked.rollback_to);
      check({ ...asked, confirm }, evidence);
      const { model_id, rollback_to } = asked;
      return {
        eventType: 'PROMOTION_ROLLED_BACK',
        payload: { model_id, rollback_to, timestamp: iso(), config_key: evidence.config },
        ...about(asked.model_id, evidence),
      };
    },
  });
}

/** Lets a model that was rolled back be promoted automatically again. */
export function releaseHold(actor: Actor, { key, ...asked }: ReleaseInput): Promise<Pressed> {
  return press(actor, {
    ...{ kind: 'models.release_hold', key, reason: asked.reason, asked },
    decide: () => {
      const model = services().live.states().models.models.get(asked.model_id);
      if (model === undefined) throw new ApiError('not_found', `no model ${asked.model_id} is known`);
      const hold = model.hold.v;
      if (hold === null)
        throw new ApiError('conflict', `${asked.model_id} is not held`, { reason: 'not_held' });
      const { config } = model;
      return {
        eventType: HOLD_RELEASED,
        payload: {
          model_id: asked.model_id,
          ...(config === null ? {} : { config_key: config }),
          timestamp: iso(),
        },
        ...{ subject: asked.model_id, config, evidence: { hold } },
      };
    },
  });
}

const iso = (): string => new Date().toISOString();
const sorted = ({ acknowledged }: Pick<Confirmed, 'acknowledged'>): string[] => [...acknowledged].sort();

function about(subject: string, evidence: Evidence) {
  return { subject, config: evidence.config, evidence: evidence as JsonObject };
}

/** Refuses what the operator did not see, did not confirm or did not read. */
function check(
  { model_id, confirm, expected_champion, acknowledged, force }: Confirmed,
  evidence: Evidence,
): void {
  if (confirm !== model_id)
    throw new ApiError('bad_request', `type the model's name to confirm: ${model_id}`);
  const { champion, config } = evidence;
  if (champion !== expected_champion)
    throw new ApiError(
      'conflict',
      `the champion of ${config ?? model_id} is ${champion ?? 'nobody'} now, not ${expected_champion ?? 'nobody'}: look again`,
      { reason: 'champion_changed', champion },
    );
  const forced = force === true && evidence.forcible;
  if (evidence.refusal !== null && !forced)
    throw new ApiError('conflict', evidence.refusal, {
      reason: 'not_possible',
      forcible: evidence.forcible,
    });
  const unread = evidence.warnings.filter(({ code }) => !acknowledged.includes(code));
  if (unread.length > 0)
    throw new ApiError('conflict', `read first: ${unread.map(({ text }) => text).join(' ')}`, {
      reason: 'warnings',
      warnings: unread,
    });
}

function promotedPayload({ coming, going, config }: Evidence, path: string | null): JsonObject {
  const gain = coming.elo !== null && going?.elo != null ? coming.elo - going.elo : null;
  return {
    model_id: coming.model_id,
    config_key: config,
    tier: 'production',
    promotion_type: 'production',
    ...(coming.elo === null ? {} : { elo: coming.elo }),
    ...(gain === null ? {} : { elo_improvement: Math.round(gain * 10) / 10 }),
    ...(path === null ? {} : { model_path: path }),
    timestamp: iso(),
  };
}

/** Where the model's file is, as the newest event about it that says so. */
async function modelPath(id: string): Promise<string | null> {
  if (!isSearchable(id)) return null;
  const { events } = await eventsOf(services().history, id);
  for (const { payload } of events.reverse())
    for (const key of ['model_path', 'checkpoint_path']) {
      const path = payload[key];
      if (typeof path === 'string' && path !== '') return path;
    }
  return null;
}
