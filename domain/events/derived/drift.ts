import { hasKeys, type Json, type JsonObject } from '../../json';
import { definitionOf } from '../catalogue';
import type { EventDefinition } from '../catalogue/define';
import type { DriftFinding } from '../envelope';
import type { FieldInfo, FieldType } from '../catalogue/fields';
import { fieldsOf, IS_OF_TYPE } from '../catalogue/fields';

/** Further differences are not listed: they tell an operator nothing that these do not. */
const MAX_FINDINGS = 20;
const MAX_PATH_LENGTH = 80;

/**
 * Fields that producers put on any event, much like parts of the envelope: flagging them would drown what matters.
 * `job_id` is deliberately not among them.
 */
const ACCEPTED_ANYWHERE: ReadonlySet<string> = new Set([
  'config_key',
  'timestamp',
  'source',
  'sequence',
  'correlation_id',
]);

const TYPE_WORDS: Readonly<Record<FieldType, string>> = {
  str: 'text',
  int: 'a whole number',
  float: 'a number',
  bool: 'true or false',
  'list[str]': 'a list of texts',
  dict: 'an object',
  any: 'a value',
  'str | None': 'text or null',
};

const NONE: readonly DriftFinding[] = [];

/**
 * How a payload differs from what the catalogue documents: fields that are missing or of another type, and, where the
 * documentation lists all fields, fields that it does not know. At most 20 findings; none for an uncatalogued type.
 * An empty answer is the usual one and costs about a microsecond.
 */
export function driftOf(eventType: string, payload: JsonObject): readonly DriftFinding[] {
  const definition = definitionOf(eventType);
  if (definition === undefined) return NONE;
  const sound = isSoundInAny(formsWithFields(definition), payload);
  const listed = definition.documented === 'full';
  if (sound && listed) {
    const last = lastStrays.get(definition);
    if (last !== undefined && last.all.length > 0 && hasKeys(payload, last.all)) return last.findings;
  }
  const stray = listed ? strayKeys(definition, payload) : NO_KEYS;
  if (sound) return stray.length === 0 ? NONE : strayFindings(definition, stray, payload);
  const findings = mismatches(definition, payload);
  for (const key of stray) {
    if (findings.length >= MAX_FINDINGS) break;
    findings.push(unexpected(key));
  }
  return findings;
}

/** The stray keys of the last payload that had some, what is found of them, and all keys of that payload. */
interface Strays {
  readonly keys: readonly string[];
  readonly findings: readonly DriftFinding[];
  readonly all: readonly string[];
}
const lastStrays = new WeakMap<EventDefinition, Strays>();

/** A producer that sends more than is documented sends it with every event: those one after the other share the list. */
function strayFindings(
  definition: EventDefinition,
  keys: readonly string[],
  payload: JsonObject,
): readonly DriftFinding[] {
  const last = lastStrays.get(definition);
  if (last?.keys.length === keys.length && keys.every((key, index) => key === last.keys[index]))
    return last.findings;
  const findings = keys.map(unexpected);
  const all = Object.keys(payload);
  const few = all.length <= FEW_KEYS && all.every((key) => key.length <= MAX_PATH_LENGTH);
  if (few) lastStrays.set(definition, { keys, findings, all: 'action_id' in payload ? NO_KEYS : all });
  return findings;
}

/** What an operator's action adds to its type's payload (domain/actions) is no drift. */
const OF_ACTIONS: ReadonlySet<string> = new Set(['actor', 'reason', 'action_id', 'action_reason', 'forced']);

type Form = readonly FieldInfo[];
const forms = new WeakMap<EventDefinition, readonly Form[]>();

function formsWithFields(definition: EventDefinition): readonly Form[] {
  let found = forms.get(definition);
  if (found === undefined) {
    found = fieldsOf(definition.schema);
    forms.set(definition, found);
  }
  return found;
}

function isSoundInAny(all: readonly Form[], payload: JsonObject): boolean {
  for (const form of all) if (isSound(form, payload)) return true;
  return false;
}

function isSound(form: Form, payload: JsonObject): boolean {
  for (const { name, type, required } of form) {
    const value = payload[name];
    if (value === undefined ? required : !IS_OF_TYPE[type](value)) return false;
  }
  return true;
}

const NO_KEYS: readonly string[] = [];
const knownKeys = new WeakMap<EventDefinition, ReadonlySet<string>>();

function knownKeysOf(definition: EventDefinition): ReadonlySet<string> {
  let keys = knownKeys.get(definition);
  if (keys === undefined) {
    const documented = formsWithFields(definition).flatMap((form) => form.map((field) => field.name));
    keys = new Set([...documented, ...ACCEPTED_ANYWHERE]);
    knownKeys.set(definition, keys);
  }
  return keys;
}

/** Keys of the first payload of a type that had none too many: the next ones mostly have the same. */
const soundKeys = new WeakMap<EventDefinition, readonly string[]>();
/** Longer lists are not kept. */
const FEW_KEYS = 32;

function strayKeys(definition: EventDefinition, payload: JsonObject): readonly string[] {
  const sound = soundKeys.get(definition);
  if (sound !== undefined && hasKeys(payload, sound)) return NO_KEYS;
  const stray = findStray(definition, payload);
  // What an action adds is none too many in an action only.
  if (sound === undefined && stray.length === 0 && !('action_id' in payload)) keep(definition, payload);
  return stray;
}

function keep(definition: EventDefinition, payload: JsonObject): void {
  const keys = Object.keys(payload);
  if (keys.length <= FEW_KEYS) soundKeys.set(definition, keys);
}

function findStray(definition: EventDefinition, payload: JsonObject): readonly string[] {
  const known = knownKeysOf(definition);
  let stray: string[] | undefined;
  const acted = typeof payload['action_id'] === 'string';
  for (const key in payload) {
    if (known.has(key) || !Object.hasOwn(payload, key) || (acted && OF_ACTIONS.has(key))) continue;
    stray ??= [];
    stray.push(key);
    if (stray.length >= MAX_FINDINGS) break;
  }
  return stray ?? NO_KEYS;
}

/** Of several documented forms, the one that the payload comes closest to is what it is compared with. */
function mismatches(definition: EventDefinition, payload: JsonObject): DriftFinding[] {
  let closest: DriftFinding[] | undefined;
  for (const form of formsWithFields(definition)) {
    const findings = mismatchesWith(form, payload);
    if (closest === undefined || findings.length < closest.length) closest = findings;
  }
  return closest?.slice(0, MAX_FINDINGS) ?? [];
}

function mismatchesWith(form: Form, payload: JsonObject): DriftFinding[] {
  const findings: DriftFinding[] = [];
  for (const { name, type, required } of form) {
    const value = payload[name];
    if (value === undefined) {
      if (required) findings.push(missing(name));
    } else if (!IS_OF_TYPE[type](value)) {
      findings.push(wrong(name, type, value));
    }
  }
  return findings;
}

function missing(name: string): DriftFinding {
  return { path: name, kind: 'missing', message: `${name} is documented for this type but missing` };
}

function wrong(name: string, type: FieldType, value: Json): DriftFinding {
  const message = `${name} should be ${TYPE_WORDS[type]} but is ${saidType(value)}`;
  return { path: name, kind: 'wrong_type', message };
}

function unexpected(key: string): DriftFinding {
  const path = key.length > MAX_PATH_LENGTH ? `${key.slice(0, MAX_PATH_LENGTH - 1)}…` : key;
  return { path, kind: 'unexpected', message: `${path} is not documented for this type` };
}

function saidType(value: Json): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'true or false';
  if (typeof value === 'number') return saidNumber(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}

function saidNumber(value: number): string {
  if (Number.isSafeInteger(value)) return 'a whole number';
  return Number.isInteger(value) ? 'a whole number too large to be exact' : 'a number with a fraction';
}
