import type { DriftFinding, StoredEvent } from '../../events/envelope';
import type { EventRef } from '../../realtime/entities';
import { refOf } from '../shared/order';
import type { TypeDrift } from './entities';
import type { Drift, TrafficState, TypeCount } from './state';

/** Ways to differ that are told apart per type: producers choose the names of stray fields. */
const MAX_FIELDS = 32;

/** Notes how an event differs from the catalogue. */
export function noteDrift(type: TypeCount, event: StoredEvent): void {
  const ref = refOf(event);
  const drift = (type.drift ??= { fields: new Map(), others: 0, last: ref });
  if (isNewer(ref, drift.last)) drift.last = ref;
  const keys = keysOf(event);
  for (let index = 0; index < event.drift.length; index += 1) {
    const finding = event.drift[index];
    if (finding !== undefined) noteField(drift, finding, keys[index] ?? keyOf(finding), ref);
  }
}

/** The findings met last per type, with their keys. Nearly all events of a type that differ have the same list. */
const lastKeys = new Map<
  string,
  { readonly drift: readonly DriftFinding[]; readonly keys: readonly string[] }
>();
const MAX_TYPES = 2_000;

function keysOf({ eventType, drift }: StoredEvent): readonly string[] {
  const last = lastKeys.get(eventType);
  if (last?.drift === drift) return last.keys;
  const keys = drift.map(keyOf);
  if (last === undefined && lastKeys.size >= MAX_TYPES) lastKeys.clear();
  lastKeys.set(eventType, { drift, keys });
  return keys;
}

const keyOf = ({ kind, path }: DriftFinding): string => `${kind}\n${path}`;

function noteField(drift: Drift, { path, kind, message }: DriftFinding, key: string, ref: EventRef): void {
  const field = drift.fields.get(key);
  if (field === undefined) {
    if (drift.fields.size < MAX_FIELDS) drift.fields.set(key, { path, kind, message, count: 1, last: ref });
    else drift.others += 1;
    return;
  }
  field.count += 1;
  if (!isNewer(ref, field.last)) return;
  field.last = ref;
  field.message = message;
}

function isNewer(ref: EventRef, than: EventRef): boolean {
  return ref.timestamp > than.timestamp || (ref.timestamp === than.timestamp && ref.seq >= than.seq);
}

/** How the types differ from the catalogue, the most frequent first; with a type, only that one. */
export function driftByType(state: TrafficState, only?: string): TypeDrift[] {
  const types = only === undefined ? [...state.types.values()] : [state.types.get(only)];
  return types
    .flatMap((type) => (type === undefined || type.drift === null ? [] : [driftOf(type, type.drift)]))
    .sort((a, b) => b.drifted - a.drifted);
}

function driftOf(type: TypeCount, { fields, others, last }: Drift): TypeDrift {
  return {
    event_type: type.event_type,
    category: type.category,
    events: type.count,
    drifted: type.drifted,
    last,
    fields: [...fields.values()].map((field) => ({ ...field })).sort((a, b) => b.count - a.count),
    other_findings: others,
  };
}
