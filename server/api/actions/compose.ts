import * as z from 'zod';
import {
  COMPOSE,
  decidedElsewhere,
  reservedField,
  type Actor,
  type ComposeInput,
} from '../../../domain/actions';
import {
  configOf,
  definitionOf,
  driftOf,
  fieldsOf,
  modelOf,
  nodeOf,
  normaliseEventType,
  rearmedBy,
  rearms,
} from '../../../domain/events';
import type { DriftFinding } from '../../../domain/events/envelope';
import { isJsonObject, type JsonObject } from '../../../domain/json';
import { services } from '../../services';
import { ApiError } from '../refusals/errors';
import { press, type Pressed } from './press';

/** Sends an event of a catalogued type as an action. Throws ApiError: bad_request, not_found, conflict, unavailable. */
export function compose(actor: Actor, { key, ...asked }: ComposeInput): Promise<Pressed> {
  const { reason, payload, allow_drift: allowed, from } = asked;
  const eventType = composable(asked.event_type);
  const reserved = reservedField(payload);
  if (reserved !== null)
    throw new ApiError(
      'bad_request',
      `${reserved}: it says who acted, and the server writes it; take it out`,
    );
  return press(actor, {
    ...{ kind: COMPOSE, key, reason, asked: { ...asked, event_type: eventType } },
    decide: () => {
      const completed = withTime(eventType, payload);
      const drift = driftAsSent(eventType, completed, reason);
      if (drift.length > 0 && !allowed) throw driftRefusal(eventType, drift);
      return {
        ...{ eventType, payload: completed, keepsReason: true },
        ...{ subject: subjectOf(completed), config: configOf(completed) },
        evidence: {
          from,
          drift: drift.map((finding) => ({ ...finding })),
          repeats: repeats(eventType, payload),
        },
      };
    },
  });
}

/** The canonical name of a type that can be composed. Throws ApiError with what to do instead. */
export function composable(name: string): string {
  const eventType = normaliseEventType(name);
  if (definitionOf(eventType) === undefined)
    throw new ApiError(
      'not_found',
      `the catalogue has no type ${eventType.slice(0, 100)}: publish it with \`ringside publish\``,
    );
  const elsewhere = decidedElsewhere(eventType);
  if (elsewhere !== null) throw new ApiError('bad_request', elsewhere);
  return eventType;
}

export const checkInput = z.strictObject({
  event_type: z.string().min(1).max(200),
  payload: z.custom<JsonObject>(isJsonObject, 'must be a JSON object'),
});

/** A delivered event with this content. Times: epoch seconds. */
export type Repeats = { event_id: string; at: number; until: number };

export type Checked = {
  /** How the payload differs from the catalogue, as it would be sent. */
  drift: DriftFinding[];
  /** What a component that sent this content now would repeat; null for nothing. */
  repeats: Repeats | null;
};

/** What would be said of a payload before it is sent. Throws ApiError for a type that cannot be composed. */
export function checkComposed({ event_type: name, payload }: z.infer<typeof checkInput>): Checked {
  const eventType = composable(name);
  const drift = driftAsSent(eventType, withTime(eventType, payload), 'as given');
  return { drift: [...drift], repeats: repeats(eventType, payload) };
}

/** How repetitions of a type are recognised. */
export type DuplicateRule = { window_seconds: number; cleared_by: string[]; clears: string[] };

export function duplicateRule(eventType: string): DuplicateRule {
  return {
    window_seconds: services().router.repetition(eventType, {}).window,
    cleared_by: [...rearmedBy(eventType)],
    clears: [...rearms(eventType)],
  };
}

function repeats(eventType: string, payload: JsonObject): Repeats | null {
  const { first } = services().router.repetition(eventType, payload);
  return first === null ? null : { event_id: first.eventId, at: first.at, until: first.until };
}

function documents(eventType: string, name: string): boolean {
  const definition = definitionOf(eventType);
  if (definition === undefined) return false;
  return fieldsOf(definition.schema).some((form) => form.some((field) => field.name === name));
}

/** With the time of sending, where the type documents one and the operator gave none. */
function withTime(eventType: string, payload: JsonObject): JsonObject {
  if (Object.hasOwn(payload, 'timestamp') || !documents(eventType, 'timestamp')) return payload;
  return { ...payload, timestamp: new Date().toISOString() };
}

/** An action's `reason` is the type's own where the payload gives none. */
function driftAsSent(eventType: string, payload: JsonObject, reason: string): readonly DriftFinding[] {
  const lacks = !Object.hasOwn(payload, 'reason') && documents(eventType, 'reason');
  return driftOf(eventType, lacks ? { ...payload, reason } : payload);
}

function driftRefusal(eventType: string, drift: readonly DriftFinding[]): ApiError {
  const said = drift.map(({ message }) => message).join('; ');
  return new ApiError('bad_request', `this differs from what the catalogue says of ${eventType}: ${said}`, {
    reason: 'drift',
    drift: drift.map((finding) => ({ ...finding })),
  });
}

function subjectOf(payload: JsonObject): string | null {
  const target = payload['target'];
  const named = typeof target === 'string' && target !== '' ? target.slice(0, 200) : null;
  return modelOf(payload) ?? nodeOf(payload, '') ?? named ?? configOf(payload);
}
