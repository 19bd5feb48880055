import type { Json } from '../../json';
import { objectOfKeys } from '../shared/rest';
import { curriculumEntity, methodEntity, searchEntity } from './entities';
import type { LearningState } from '.';

/**
 * Optimisation and curriculum, as part of `GET /api/state/work`. `changes` are parameters that got another value, newest
 * last; `weights` of a config all that are kept, oldest first.
 */
export function selectLearning(state: LearningState): Record<string, Json> {
  const config = (key: string): Json | undefined => {
    const entity = curriculumEntity(state, key);
    const points = state.configs.get(key)?.weights ?? [];
    return entity && { ...entity, weights: points.map(({ t, weight }) => ({ t, weight })) };
  };
  const changes = state.changes.map(({ id: _id, s, ...change }) => ({ ...change, seq: s }));
  const milestones = state.milestones.map(({ id: _id, s, ...milestone }) => ({ ...milestone, seq: s }));
  return {
    optimization: {
      methods: objectOfKeys(state.methods.keys(), (key) => methodEntity(state, key)),
      searches: objectOfKeys(state.searches.keys(), (key) => searchEntity(state, key)),
      changes,
    },
    curriculum: { configs: objectOfKeys(state.configs.keys(), config), milestones },
  };
}
