import type { Topic } from '../projection';
import type { Finding, LifecycleState } from './state';

export { foldLifecycle } from './fold';
export type { Tell } from './findings';
export { HOPS } from './hops';
export { initialLifecycle, type Finding, type LifecycleState } from './state';

/** Steps out of order and steps overdue, per lifecycle: a part of `problems`, whose version tells of changes here too. */
export const lifecycleFindings: Topic<LifecycleState> = {
  limit: 300,
  keys: (state) => state.findings.keys(),
  entity: findingOf,
};

/** A copy: the finding itself is resolved in place. */
function findingOf(state: LifecycleState, key: string): Finding | undefined {
  const finding = state.findings.get(key);
  return finding && { ...finding };
}
