import type { QueryNode } from '../../../../domain/query';
import type { BlockCatalog } from '../../blocks/block-catalog';
import type { Bins, Tally } from './tally';

const MOST = 8;
/** A count with more names than this is not kept. */
const MOST_NAMES = 10_000;

/** What a count was of: the first `blocks` blocks, which held so many events. */
export interface KeptPlace {
  readonly key: string;
  readonly bins: Bins | null;
  readonly blocks: number;
  readonly events: number;
}
/** What was made of the first `blocks` blocks. */
export interface Kept {
  readonly blocks: number;
  readonly bins: Bins | null;
  readonly tally: Tally;
}

/**
 * Counts that took long, for those who ask the same again: only what came since is counted then. History only grows at its
 * end, and loses events: while the blocks hold as many as before, they hold the same.
 */
export class KeptCounts {
  readonly #kept = new Map<string, KeptPlace & Kept>();

  add(place: KeptPlace, tally: Tally): void {
    if (tally.names.reduce((sum, { size }) => sum + size, 0) > MOST_NAMES) return;
    this.#kept.delete(place.key);
    this.#kept.set(place.key, { ...place, tally });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
  }

  find({ key, bins }: KeptPlace, catalog: BlockCatalog): Kept | null {
    const kept = this.#kept.get(key);
    if (!kept) return null;
    if (fits(kept.bins, bins) && catalog.eventsBelow(kept.blocks) === kept.events) return kept;
    this.#kept.delete(key);
    return null;
  }
}

/** Whether bars that were counted are among those that are asked for. */
export const fits = (kept: Bins | null, bins: Bins | null): boolean =>
  kept?.from === bins?.from && kept?.width === bins?.width && (kept?.count ?? 0) <= (bins?.count ?? 0);

/** The same for the same question; null for one that is never asked again, as its times go on with the clock. */
export function keptKey(node: QueryNode, bins: Bins | null): string | null {
  return goesOn(node) ? null : JSON.stringify([node, bins?.width ?? 0]);
}

function goesOn(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.some(goesOn);
  if (node.kind === 'not') return goesOn(node.part);
  return node.kind === 'time' && 'ago' in node.moment;
}
