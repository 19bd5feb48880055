import type { Json } from '../../json';
import type { TrainingState } from '.';

/** This projection's part of the REST answers. */
export function selectTraining(_state: TrainingState): Record<string, Json> {
  return {};
}
