import type { Json } from '../../json';
import type { WorkState } from '.';

/** This projection's part of the REST answers. */
export function selectWork(_state: WorkState): Record<string, Json> {
  return {};
}
