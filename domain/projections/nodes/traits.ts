import { CLUSTER_TYPES } from './cluster';
import { DUTY_TYPES } from './duties';
import { NODE_RULES } from './rules';
import { OFFLINE_TYPES, SILENCE_TYPES, type Doubt } from './signs';
import type { NodeRule } from './state';

/** What a type of event means to this projection: looked up once per event, not table by table. */
export interface Traits {
  /** About the cluster as a whole. */
  readonly cluster: boolean;
  readonly rule: NodeRule | null;
  /** About a piece of work of the node. */
  readonly duty: boolean;
  /** Its `source` is the node that synced, where it names one. */
  readonly sync: boolean;
  /** Whether it is a sign of life of its node; see `isSignOfLife`. */
  readonly doubt: Doubt;
}

const SYNC_TYPES: ReadonlySet<string> = new Set([
  'DATA_SYNC_STARTED',
  'DATA_SYNC_COMPLETED',
  'DATA_SYNC_FAILED',
  'SYNC_STALLED',
]);

const TYPES = [CLUSTER_TYPES, DUTY_TYPES, NODE_RULES.keys(), OFFLINE_TYPES, SILENCE_TYPES, SYNC_TYPES];
const TRAITS = new Map<string, Traits>();
for (const types of TYPES) for (const type of types) TRAITS.set(type, describe(type));
const PLAIN = describe('');

function describe(type: string): Traits {
  return {
    cluster: CLUSTER_TYPES.includes(type),
    rule: NODE_RULES.get(type) ?? null,
    duty: DUTY_TYPES.includes(type),
    sync: SYNC_TYPES.has(type),
    doubt: OFFLINE_TYPES.has(type) ? 'gone' : SILENCE_TYPES.has(type) ? 'silent' : null,
  };
}

export function traitsOf(type: string): Traits {
  return TRAITS.get(type) ?? PLAIN;
}
