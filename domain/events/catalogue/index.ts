import type * as z from 'zod/mini';
import type { EventDefinition } from '../define';
import { CACHE_EVENTS } from './cache';
import { CHECKPOINT_EVENTS } from './checkpoint';
import { CLUSTER_HEALTH_EVENTS } from './cluster-health';
import { CURRICULUM_EVENTS } from './curriculum';
import { DAEMON_EVENTS } from './daemon';
import { DATA_INTEGRITY_EVENTS } from './data-integrity';
import { EVALUATION_EVENTS } from './evaluation';
import { EXPORT_EVENTS } from './export';
import { LEADER_ELECTION_EVENTS } from './leader-election';
import { LOCK_EVENTS } from './lock';
import { MODEL_EVENTS } from './model';
import { OPTIMIZATION_EVENTS } from './optimization';
import { PARITY_EVENTS } from './parity';
import { QUALITY_EVENTS } from './quality';
import { RECOVERY_EVENTS } from './recovery';
import { RESOURCE_EVENTS } from './resource';
import { SELFPLAY_EVENTS } from './selfplay';
import { SYNC_EVENTS } from './sync';
import { SYSTEM_EVENTS } from './system';
import { TASK_EVENTS } from './task';
import { TRAINING_EVENTS } from './training';
import { WORK_QUEUE_EVENTS } from './work-queue';

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
