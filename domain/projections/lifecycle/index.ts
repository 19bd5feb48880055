import type { Projection } from '../projection';
import { foldLifecycle } from './fold';
import { initialLifecycle, type Finding, type LifecycleState } from './state';

export { foldLifecycle } from './fold';
export type { Tell } from './findings';
export { HOPS } from './hops';
export { initialLifecycle, type Finding, type LifecycleState } from './state';

/** Steps out of order and steps overdue, per lifecycle. */
export const lifecycleProjection: Projection<LifecycleState> = {
  name: 'lifecycle',
  version: 4,
  initial: initialLifecycle,
  fold: (state, event, touch) => foldLifecycle(state, event, ({ id }) => touch('lifecycle.findings', id)),
  topics: {
    'lifecycle.findings': {
      limit: 300,
      keys: (state) => state.findings.keys(),
      entity: findingOf,
    },
  },
};

/** A copy: the finding itself is resolved in place. */
function findingOf(state: LifecycleState, key: string): Finding | undefined {
  const finding = state.findings.get(key);
  return finding && { ...finding };
}
