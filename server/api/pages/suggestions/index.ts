import * as z from 'zod';
import { CATALOGUE } from '../../../../domain/events/catalogue';
import { fieldsOf, type FieldType } from '../../../../domain/events/catalogue/fields';
import type { States } from '../../../../domain/projections';
import type { KnownKey, KnownPayload, KnownValue } from '../../../../domain/query';
import { services } from '../../../services';
import { procedure, router } from '../../trpc/trpc';

/** Nobody reads further; what is typed narrows a list down. */
const MAX_NAMES = 1_000;

/** What the search box may propose, as the folded state knows it; each list with the likeliest first. */
export interface KnownNames {
  readonly types: readonly KnownValue[];
  readonly categories: readonly KnownValue[];
  readonly origins: readonly KnownValue[];
  readonly nodes: readonly string[];
  readonly configs: readonly string[];
  readonly models: readonly string[];
  readonly keys: readonly KnownKey[];
  readonly clock: number | null;
}

const HOLDS: { readonly [T in FieldType]?: KnownKey['holds'] } = {
  str: 'text',
  'str | None': 'text',
  int: 'number',
  float: 'number',
  bool: 'bool',
};

/** Keys of the catalogue's payloads, the commonest first; where types disagree on what a key holds, it holds anything. */
function catalogueKeys(): KnownKey[] {
  const found = new Map<string, { holds: KnownKey['holds']; types: Set<string> }>();
  for (const { name: type, schema } of CATALOGUE) {
    for (const { name, type: fieldType } of fieldsOf(schema).flat()) {
      const holds = HOLDS[fieldType] ?? 'other';
      const before = found.get(name) ?? { holds, types: new Set() };
      before.types.add(type);
      found.set(name, before.holds === holds ? before : { ...before, holds: 'other' });
    }
  }
  return [...found]
    .map(([key, { holds, types }]) => ({ key, holds, types: [...types] }))
    .sort((a, b) => b.types.length - a.types.length || a.key.localeCompare(b.key));
}
const KEYS = catalogueKeys();

/** Reads the state once; costs as much as there are nodes, models and types. */
export function knownNames({ traffic, nodes, models }: States): KnownNames {
  const counted = (pairs: Iterable<KnownValue>): KnownValue[] =>
    [...pairs].sort(([, a], [, b]) => (b ?? 0) - (a ?? 0)).slice(0, MAX_NAMES);
  return {
    types: counted([...traffic.types.values()].map(({ event_type, count }) => [event_type, count])),
    categories: counted(traffic.categories),
    origins: counted([...traffic.origins].map(([origin, { count }]) => [origin, count])),
    nodes: newestNames(nodes.nodes),
    configs: newestNames(models.configs),
    models: newestNames(models.models),
    keys: KEYS,
    clock: traffic.clock,
  };
}

function newestNames(entities: ReadonlyMap<string, { readonly at: number }>): string[] {
  return [...entities]
    .sort(([, a], [, b]) => b.at - a.at)
    .slice(0, MAX_NAMES)
    .map(([name]) => name);
}

/** What the search box of /events asks for when it is entered, and when a value of a payload field is written. */
export const suggestionProcedures = router({
  known: procedure.query(() => knownNames(services().live.states())),
  /** Values that the field held in the newest events that have it. */
  payload: procedure
    .input(z.strictObject({ key: z.string().min(1).max(300) }))
    .query(async ({ input: { key }, signal }): Promise<KnownPayload> => {
      return { key, values: await services().history.payloadValues(key.split('.'), signal) };
    }),
});
