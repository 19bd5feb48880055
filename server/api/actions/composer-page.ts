import { decidedElsewhere, templateOf } from '../../../domain/actions';
import { isEventId } from '../../../domain/events/event-id';
import { CATALOGUE, definitionOf, fieldsOf, normaliseEventType } from '../../../domain/events';
import type { FieldInfo } from '../../../domain/events/catalogue/fields';
import type { JsonObject } from '../../../domain/json';
import { services } from '../../services';
import { duplicateRule, type DuplicateRule } from './compose';

/** A type as its form needs it. */
export type ComposedType = {
  name: string;
  description: string;
  documented: 'full' | 'key_fields' | 'expected';
  /** Fields per form of its payload. */
  forms: readonly (readonly FieldInfo[])[];
  rule: DuplicateRule;
};

/** What the composer begins with. */
export type Composition = {
  /** Every type, to choose from, with its category. */
  types: { name: string; category: string }[];
  type: ComposedType | null;
  /** Why there is no form, in words; null where there is one, or nothing was asked for yet. */
  refusal: string | null;
  /** It is refused because it is decided on the models' pages. */
  decided: boolean;
  /** The past event that it begins as. */
  from: { event_id: string; seq: number; payload: JsonObject } | null;
};

const TYPES = CATALOGUE.map(({ name, category }) => ({ name, category }));
const NOTHING_YET: Composition = { types: TYPES, type: null, from: null, refusal: null, decided: false };

/** The composer for a type, or for a past event's type with that event's payload. Rejects while history cannot be read. */
export async function composition(asked: { type: string | null; from: string | null }): Promise<Composition> {
  const id = asked.from?.toLowerCase() ?? null;
  const past = id !== null && isEventId(id) ? await services().history.byId(id) : null;
  if (id !== null && past === null)
    return { ...NOTHING_YET, refusal: 'No event has this id, or it was removed since.' };
  const named = past?.eventType ?? asked.type?.trim() ?? '';
  if (named === '') return NOTHING_YET;
  const from =
    past === null
      ? null
      : {
          event_id: past.eventId,
          seq: past.seq,
          payload: templateOf({ payload: past.payload, source: past.source }),
        };
  return { types: TYPES, from, ...typeNamed(named) };
}

function typeNamed(name: string): Pick<Composition, 'type' | 'refusal' | 'decided'> {
  const eventType = normaliseEventType(name);
  const definition = definitionOf(eventType);
  if (definition === undefined)
    return {
      type: null,
      decided: false,
      refusal: `The catalogue has no type ${name.slice(0, 100)}: a form needs an entry there. “ringside publish” sends any type.`,
    };
  const refusal = decidedElsewhere(eventType);
  if (refusal !== null) return { type: null, refusal, decided: true };
  const { description, documented, schema } = definition;
  const rule = duplicateRule(eventType);
  const type = { name: eventType, description, documented, forms: fieldsOf(schema), rule };
  return { type, refusal: null, decided: false };
}
