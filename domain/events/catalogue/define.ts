import type { CategoryId } from './categories';
import type { Severity } from '../envelope';
import type { PayloadSchema } from './fields';

/** The ordered processes that pass by as events; `lifecycles.ts` says in which order. */
export const LIFECYCLE_IDS = ['training', 'evaluation', 'sync', 'recovery', 'work', 'pipeline'] as const;
export type LifecycleId = (typeof LIFECYCLE_IDS)[number];

/** Which step of which lifecycle an event marks. */
export interface LifecyclePlace {
  readonly id: LifecycleId;
  readonly step: string;
}

/**
 * How well the fields of a type are known: `full`: documented field by field; `key_fields`: only the key fields are
 * documented, the optional ones are what we expect; `expected`: nothing is documented, every field is an expectation.
 */
export type Documented = 'full' | 'key_fields' | 'expected';

/** One entry of the catalogue. Everything that the product knows about an event type is written here and nowhere else. */
export interface EventDefinition {
  /** UPPER_SNAKE_CASE, unique. */
  readonly name: string;
  /** Its value on the data bus; absent for an event that only the stage bus has. */
  readonly dataValue?: string;
  /** Its value on the stage bus; absent for an event that only the data bus has. */
  readonly stageValue?: string;
  readonly category: CategoryId;
  /** Unless the payload says otherwise. */
  readonly severity: Severity;
  readonly description: string;
  readonly documented: Documented;
  readonly schema: PayloadSchema;
  /** The fields that tell most, in reading order; names of payload fields. */
  readonly keyFields: readonly string[];
  /** Components that emit it and that act on it, by the names that the cluster's code gives them. */
  readonly producers: readonly string[];
  readonly consumers: readonly string[];
  /** The typed emit functions, as calls, e.g. `emit_sync_complete()`. */
  readonly emit: readonly string[];
  readonly lifecycle?: readonly LifecyclePlace[];
}

/** Checks an entry against `EventDefinition` while keeping its literal types, from which names and payload types follow. */
export function defineEvent<const D extends EventDefinition>(definition: D): D {
  return definition;
}
