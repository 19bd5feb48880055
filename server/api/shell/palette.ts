import * as z from 'zod';
import { CATALOGUE, CATEGORIES, definitionOf } from '../../../domain/events';
import type { States } from '../../../domain/projections';
import { modelEntity } from '../../../domain/projections/models';
import { nodeEntity } from '../../../domain/projections/nodes';
import { OTHER_TYPES } from '../../../domain/projections/traffic';
import { statusOf } from '../../../domain/projections/training';
import { bestOf, wordsOf, type Best } from '../../../domain/text/rank';
import { services } from '../../services';
import { procedure, router } from '../trpc/trpc';

/** A name that answers what was typed, with a word on what it is now. */
export interface FoundName {
  readonly name: string;
  readonly detail: string;
}

/** The best names of each kind, and how many more of it match. */
export type FoundNames = Readonly<
  Record<'nodes' | 'configs' | 'models' | 'runs' | 'types', Best<FoundName>>
> & {
  /** What they answer. */
  readonly q: string;
};

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const byName = (a: string, b: string): number => COLLATOR.compare(a, b);
const CATEGORY = new Map<string, string>(CATEGORIES.map(({ id, label }) => [id, label]));
const CATALOGUED = CATALOGUE.map(({ name }) => name);

/**
 * Names from the folded state, without a query: nodes, configs and types by name, models and runs newest first where
 * several answer equally well. Where a promotion moved two models at the same moment, the higher name is the new one.
 */
export function findNames(
  { nodes, models, training, traffic }: Pick<States, 'nodes' | 'models' | 'training' | 'traffic'>,
  q: string,
  limit: number,
): FoundNames {
  const words = wordsOf(q);
  const find = (
    names: Iterable<string>,
    detail: (name: string) => string,
    atOf?: (name: string) => number,
  ) => {
    const before = atOf === undefined ? byName : (a: string, b: string) => atOf(b) - atOf(a) || byName(b, a);
    const { best, more } = bestOf(words, names, (name) => name, limit, before);
    return { best: best.map((name) => ({ name, detail: detail(name) })), more };
  };
  return {
    q,
    nodes: find(nodes.nodes.keys(), (name) => nodeEntity(nodes, name)?.status ?? ''),
    configs: find(models.configs.keys(), () => ''),
    models: find(
      models.models.keys(),
      (name) => (modelEntity(models, name)?.status ?? '').replace('_', ' '),
      (name) => models.models.get(name)?.at ?? 0,
    ),
    runs: find(
      training.runs.keys(),
      (name) => {
        const run = training.runs.get(name);
        return run === undefined
          ? ''
          : [statusOf(run, training.clock), run.config ?? ''].filter(Boolean).join(', ');
      },
      (name) => training.runs.get(name)?.at ?? 0,
    ),
    types: find(typeNames(traffic), (name) => {
      const category = definitionOf(name)?.category;
      return category === undefined ? 'uncatalogued' : (CATEGORY.get(category) ?? '');
    }),
  };
}

/** Those of the catalogue, and those that came without being in it. */
function* typeNames({ types }: States['traffic']): Iterable<string> {
  yield* CATALOGUED;
  for (const name of types.keys()) {
    if (name !== OTHER_TYPES && definitionOf(name) === undefined) yield name;
  }
}

export const paletteProcedures = router({
  names: procedure
    .input(z.strictObject({ q: z.string().max(200), limit: z.int().min(1).max(20).default(6) }))
    .query(({ input }) => findNames(services().live.states(), input.q, input.limit)),
});
