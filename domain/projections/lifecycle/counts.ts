import { HOPS } from './hops';
import type { Finding, LifecycleState } from './state';

type Counts = Record<Finding['kind'], number>;

/**
 * The findings looked at last, and how many there are of each stretch: nearly always none, and then no id is put together
 * to look for one. Of other findings they are counted anew, so nothing of it is state.
 */
let counted: ReadonlyMap<string, Finding> | null = null;
const counts = new Map<string, Counts>(HOPS.map(({ id }) => [id, { overdue: 0, out_of_order: 0 }]));

export function countsOf({ findings }: LifecycleState, hop: string): Readonly<Counts> {
  if (counted !== findings) {
    for (const each of counts.values()) each.overdue = each.out_of_order = 0;
    for (const finding of findings.values()) bump(finding, 1);
    counted = findings;
  }
  return counts.get(hop) ?? { overdue: 0, out_of_order: 0 };
}

/** To be called with each finding that comes or goes, after `countsOf` of its state. */
export function bump({ hop, kind }: Finding, by: 1 | -1): void {
  const own = counts.get(hop);
  if (own !== undefined) own[kind] += by;
}
