import { deserialize, serialize } from 'node:v8';
import type { FoldSnapshot, ProjectionSnapshot } from '../../../domain/projections';

/** A folded state as it is kept, and what of history's order it knows. */
export interface KeptState {
  readonly state: FoldSnapshot;
  /** Up to this seq events were folded in order of event time, after it in order of seq. */
  readonly orderedTo: number;
  /** Events after that which came late and are not in their place yet. */
  readonly late: number;
}

/** As it is stored: each projection serialised by itself. Older ones are a whole, or know of no order. */
interface Packed {
  readonly parts: readonly Uint8Array[];
  readonly orderedTo?: number;
  readonly late?: number;
}

/** @param parts a serialised `ProjectionSnapshot` each, with its own point */
export function packState(parts: readonly Uint8Array[], order: Omit<KeptState, 'state'>): Uint8Array {
  return serialize({ parts, ...order } satisfies Packed);
}

/** Throws where the bytes are damaged, written by a newer Node, or no snapshot. */
export function unpackState(data: Uint8Array): KeptState {
  const stored = deserialize(data) as FoldSnapshot | Packed;
  if (!('parts' in stored)) return { state: stored, orderedTo: 0, late: 0 };
  const projections = stored.parts.map((part) => deserialize(part) as Required<ProjectionSnapshot>);
  const { orderedTo = 0, late = 0 } = stored;
  return { state: { asOfSeq: 0, clock: null, projections }, orderedTo, late };
}
