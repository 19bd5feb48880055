import type { Known, KnownValue } from '@/domain/query';
import type { KnownNames } from '@/server/api/pages/suggestions';
import type { Facets } from './filters';

export type { KnownNames };

export const NO_NAMES: KnownNames = {
  types: [],
  categories: [],
  origins: [],
  nodes: [],
  configs: [],
  models: [],
  keys: [],
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
