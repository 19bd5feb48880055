import type { Json } from '../../json';
import type { LearningState } from '.';

/** This projection's part of the REST answers. */
export function selectLearning(_state: LearningState): Record<string, Json> {
  return {};
}
