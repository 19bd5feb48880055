import { SLOTS } from '../blocks/block';

/** Blocks whose payload values are kept together, so that a column is a few KB. */
export const STRIPE_BLOCKS = 4;
export const STRIPE = SLOTS * STRIPE_BLOCKS;
export const stripeOf = (seq: number): number => Math.floor((seq - 1) / STRIPE);

/** A path in a payload as it is stored, and looked for. */
export const pathText = (path: readonly string[]): string => JSON.stringify(path);

/** What stands for a path that is not kept (FNV-1a); two paths of one hash are both looked for in the events. */
export function pathHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The columns of a stripe, one behind the other in `bytes`. */
export interface StripeValues {
  readonly stripe: number;
  readonly paths: readonly string[];
  /** Where each path's column ends. */
  readonly ends: readonly number[];
  readonly bytes: Uint8Array;
  /** Hashes of the paths that occur and are not kept; null where there are too many to tell. */
  readonly omitted: readonly number[] | null;
}
