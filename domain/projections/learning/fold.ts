import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { tick } from '../shared/clock';
import { newerRef } from '../shared/order';
import { adaptive, hyperparameter } from './changes';
import {
  advanced,
  explorationAdjusted,
  explorationBoosted,
  mastered,
  rateChanged,
  rebalanced,
  weightUpdated,
} from './curriculum';
import { foldSearch, SEARCH_RULES, touchSilent } from './searches';
import type { LearningState } from './state';

type Rule = (state: LearningState, event: StoredEvent, touch: Touch) => void;

/** Counted, and no more: a plateau is drawn by the pages about what stagnates, the replay buffer has no state to show. */
const counted: Rule = () => undefined;

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...[...SEARCH_RULES].map(([type, rule]): [string, Rule] => [
    type,
    (state, event, touch) => foldSearch(state, rule, event, touch),
  ]),
  ['HYPERPARAMETER_UPDATED', hyperparameter],
  ['ADAPTIVE_PARAMS_CHANGED', adaptive],
  ['PLATEAU_DETECTED', counted],
  ['PER_BUFFER_REBUILT', counted],
  ['PER_PRIORITIES_UPDATED', counted],
  ['CURRICULUM_REBALANCED', rebalanced],
  ['CURRICULUM_ADVANCED', advanced],
  ['WEIGHT_UPDATED', weightUpdated],
  ['EXPLORATION_ADJUSTED', explorationAdjusted],
  ['EXPLORATION_BOOST', explorationBoosted],
  ['OPPONENT_MASTERED', mastered],
  ['SELFPLAY_RATE_CHANGED', rateChanged],
]);

export const LEARNING_TYPES: readonly string[] = [...RULES.keys()];

export function foldLearning(state: LearningState, event: StoredEvent, touch: Touch): void {
  const before = state.clock;
  if (tick(state, event)) touchSilent(state, before, touch);
  const rule = RULES.get(event.eventType);
  if (rule === undefined) return;
  const seen = state.types.get(event.eventType);
  state.types.set(event.eventType, {
    count: (seen?.count ?? 0) + 1,
    last: newerRef(seen?.last ?? null, event),
  });
  touch('learning.types', event.eventType);
  rule(state, event, touch);
}
