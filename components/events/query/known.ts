import type { Known, KnownPayload, KnownValue } from '@/domain/query';
import type { KnownNames as StateNames } from '@/server/api/pages/suggestions';
import type { Facets } from '../filters';

/** Names of the state, and the values of the payload field that somebody writes. */
export type KnownNames = StateNames & { readonly payload: KnownPayload | null };

export const NO_NAMES: KnownNames = {
  types: [],
  categories: [],
  origins: [],
  nodes: [],
  configs: [],
  models: [],
  keys: [],
  payload: null,
  clock: null,
};

/** What the search box proposes: names of the state, names counted in history, and what was asked before. */
export function knownFrom(names: KnownNames, facets: Facets, recent: readonly string[]): Known {
  return {
    values: {
      type: names.types.length > 0 ? names.types : facets.types,
      category: names.categories,
      origin: names.origins,
      severity: facets.severities,
      source: facets.sources,
      node: merged(facets.nodes, names.nodes),
      config: merged(facets.configs, names.configs),
      model: merged([], names.models),
    },
    keys: names.keys,
    payload: names.payload,
    recent,
    clock: names.clock,
  };
}

/** Those that were counted, then the others that are known to be. */
function merged(counted: readonly KnownValue[], names: readonly string[]): KnownValue[] {
  const seen = new Set(counted.map(([name]) => name));
  const others = names.filter((name) => !seen.has(name));
  return [...counted, ...others.map((name): KnownValue => [name, null])];
}
