import * as z from 'zod';
import { FORMS, formSchema, keyInput, reasonInput, type Actor } from '../../../domain/actions';
import { configOf } from '../../../domain/events';
import { isJsonObject, type JsonObject } from '../../../domain/json';
import { modelEntity } from '../../../domain/projections/models';
import { problemEntity } from '../../../domain/projections/problems';
import { services } from '../../services';
import { ApiError } from '../refusals/errors';
import { lineOf } from '../refusals/said';
import { press, type Pressed } from './press';

export const requestInput = z.strictObject({
  kind: z.string().max(100),
  key: keyInput,
  reason: reasonInput,
  fields: z.custom<JsonObject>(isJsonObject, 'must be a JSON object'),
});
export type RequestInput = z.infer<typeof requestInput>;

/** Asks the cluster for something by one of the declared forms. Throws ApiError: bad_request, not_found, conflict, unavailable. */
export function request(actor: Actor, { kind, key, reason, fields }: RequestInput): Promise<Pressed> {
  const spec = FORMS.find((each) => each.kind === kind);
  if (spec === undefined) throw new ApiError('not_found', `no action is called ${kind}`);
  const { form, eventType } = spec;
  const parsed = formSchema(form.fields).safeParse(fields);
  if (!parsed.success) throw new ApiError('bad_request', lineOf(parsed.error));
  const asked = parsed.data as JsonObject;
  return press(actor, {
    ...{ kind, key, reason, asked: { reason, fields: asked } },
    decide: () => {
      const subject = asked[form.subject];
      const name = typeof subject === 'string' ? subject : null;
      const payload: JsonObject = {
        ...asked,
        ...form.fixed,
        ...moreFor(kind, name),
        timestamp: new Date().toISOString(),
      };
      return {
        eventType,
        payload,
        subject: name,
        config: configOf(payload),
        evidence: evidenceFor(kind, name),
      };
    },
  });
}

/** What the payload takes over from the state: a candidate travels with its figures. */
function moreFor(kind: string, subject: string | null): JsonObject {
  if (kind !== 'models.evaluate' || subject === null) return {};
  const model = modelEntity(services().live.states().models, subject);
  if (model === undefined) throw new ApiError('not_found', `no model ${subject} is known`);
  const { elo, win_rate, config } = model;
  return {
    ...(elo === null ? {} : { elo }),
    ...(win_rate === null ? {} : { win_rate }),
    ...(config === null ? {} : { config_key: config }),
  };
}

/** The problem as it was seen: it may be gone when somebody reads the log. */
function evidenceFor(kind: string, subject: string | null): JsonObject {
  if (kind !== 'problems.acknowledge' || subject === null) return {};
  const problem = problemEntity(services().live.states().problems, subject);
  if (problem === undefined) throw new ApiError('not_found', `no open problem is called ${subject}`);
  return { problem };
}
