import type * as z from 'zod/mini';
import type { EventDefinition } from './define';
import { CACHE_EVENTS } from './types/cache';
import { CHECKPOINT_EVENTS } from './types/checkpoint';
import { CLUSTER_HEALTH_EVENTS } from './types/cluster-health';
import { CURRICULUM_EVENTS } from './types/curriculum';
import { DAEMON_EVENTS } from './types/daemon';
import { DATA_INTEGRITY_EVENTS } from './types/data-integrity';
import { EVALUATION_EVENTS } from './types/evaluation';
import { EXPORT_EVENTS } from './types/export';
import { LEADER_ELECTION_EVENTS } from './types/leader-election';
import { LOCK_EVENTS } from './types/lock';
import { MODEL_EVENTS } from './types/model';
import { OPTIMIZATION_EVENTS } from './types/optimization';
import { PARITY_EVENTS } from './types/parity';
import { QUALITY_EVENTS } from './types/quality';
import { RECOVERY_EVENTS } from './types/recovery';
import { RESOURCE_EVENTS } from './types/resource';
import { SELFPLAY_EVENTS } from './types/selfplay';
import { SYNC_EVENTS } from './types/sync';
import { SYSTEM_EVENTS } from './types/system';
import { TASK_EVENTS } from './types/task';
import { TRAINING_EVENTS } from './types/training';
import { WORK_QUEUE_EVENTS } from './types/work-queue';

/** Every file of the catalogue, in the order of `CATEGORIES`. */
const ENTRIES = [
  ...SELFPLAY_EVENTS,
  ...SYNC_EVENTS,
  ...EXPORT_EVENTS,
  ...TRAINING_EVENTS,
  ...EVALUATION_EVENTS,
  ...MODEL_EVENTS,
  ...QUALITY_EVENTS,
  ...CURRICULUM_EVENTS,
  ...OPTIMIZATION_EVENTS,
  ...PARITY_EVENTS,
  ...RECOVERY_EVENTS,
  ...CLUSTER_HEALTH_EVENTS,
  ...LEADER_ELECTION_EVENTS,
  ...RESOURCE_EVENTS,
  ...WORK_QUEUE_EVENTS,
  ...TASK_EVENTS,
  ...DAEMON_EVENTS,
  ...DATA_INTEGRITY_EVENTS,
  ...CHECKPOINT_EVENTS,
  ...LOCK_EVENTS,
  ...CACHE_EVENTS,
  ...SYSTEM_EVENTS,
] as const;

type Entry = (typeof ENTRIES)[number];

/** The names that the catalogue knows. The set of types that can arrive is open; this one is not. */
export type EventName = Entry['name'];

/** What a payload of this type holds, as its schema says; further fields may be there. */
export type PayloadOf<N extends EventName> = z.output<Extract<Entry, { readonly name: N }>['schema']>;

export const CATALOGUE: readonly EventDefinition[] = ENTRIES;

const byName: ReadonlyMap<string, EventDefinition> = new Map(CATALOGUE.map((entry) => [entry.name, entry]));

/** The catalogue's entry for a name exactly as the catalogue spells it; undefined for an uncatalogued type. */
export function definitionOf(eventType: string): EventDefinition | undefined {
  return byName.get(eventType);
}
