import type { Json } from '../../json';
import type { DaemonsState } from '.';

/** This projection's part of the REST answers. */
export function selectDaemons(_state: DaemonsState): Record<string, Json> {
  return {};
}
