import type { Json } from '../../json';
import type { QualityState } from '.';

/** This projection's part of the REST answers. */
export function selectQuality(_state: QualityState): Record<string, Json> {
  return {};
}
