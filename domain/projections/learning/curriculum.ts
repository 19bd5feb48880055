import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { entryHeard, evictLowest } from '../shared/bounds';
import { lineField, nameField, numberField, finite } from '../shared/fields';
import { keepNewest, register, write } from '../shared/order';
import { newCurriculum, type ConfigCurriculum, type LearningState, type Milestone } from './state';
import { membersOf, sayValue } from './values';

/** The longest silent go first. */
const MAX_CONFIGS = 200;
const MAX_WEIGHTS = 400;
const MAX_MILESTONES = 500;
const MAX_OPPONENTS = 30;

const CONFIGS = { make: newCurriculum, limit: MAX_CONFIGS, topic: 'learning.configs' };

function configFor(state: LearningState, config: string, event: StoredEvent, touch: Touch): ConfigCurriculum {
  return entryHeard(state.configs, config, event, CONFIGS, touch);
}

function addWeight(entry: ConfigCurriculum, event: StoredEvent, weight: number): void {
  keepNewest(entry.weights, { t: event.timestamp, s: event.seq, weight }, MAX_WEIGHTS);
}

/** CURRICULUM_REBALANCED: the weights of many configs at once. */
export function rebalanced(state: LearningState, event: StoredEvent, touch: Touch): void {
  for (const [config, weight] of membersOf(event.payload, 'new_weights', MAX_CONFIGS)) {
    const share = finite(weight);
    if (share !== null) addWeight(configFor(state, config, event, touch), event, share);
  }
}

export function weightUpdated(state: LearningState, event: StoredEvent, touch: Touch): void {
  const weight = numberField(event.payload, 'new_weight');
  if (weight === null || event.config === null) return;
  addWeight(configFor(state, event.config, event, touch), event, weight);
}

export function rateChanged(state: LearningState, event: StoredEvent, touch: Touch): void {
  const rate = numberField(event.payload, 'new_rate');
  if (rate === null || event.config === null) return;
  write(configFor(state, event.config, event, touch).rate, event, rate);
}

function note(state: LearningState, event: StoredEvent, what: Pick<Milestone, 'kind' | 'from' | 'to'>): void {
  const milestone: Milestone = {
    t: event.timestamp,
    s: event.seq,
    id: String(event.seq),
    config: event.config,
    reason: lineField(event.payload, 'reason'),
    ...what,
  };
  keepNewest(state.milestones, milestone, MAX_MILESTONES);
}

export function advanced(state: LearningState, event: StoredEvent, touch: Touch): void {
  const to = sayValue(event.payload['new_tier']);
  note(state, event, { kind: 'tier', from: sayValue(event.payload['old_tier']), to });
  if (event.config !== null) write(configFor(state, event.config, event, touch).tier, event, to);
}

export function explorationAdjusted(state: LearningState, event: StoredEvent, touch: Touch): void {
  const to = lineField(event.payload, 'new_strategy');
  note(state, event, { kind: 'exploration', from: lineField(event.payload, 'old_strategy'), to });
  if (event.config !== null) write(configFor(state, event.config, event, touch).exploration, event, to);
}

export function explorationBoosted(state: LearningState, event: StoredEvent, touch: Touch): void {
  const factor = numberField(event.payload, 'boost_factor');
  const seconds = numberField(event.payload, 'duration_seconds');
  note(state, event, { kind: 'boost', from: null, to: factor === null ? null : `× ${factor}` });
  if (event.config === null) return;
  const boost = {
    factor,
    reason: lineField(event.payload, 'reason'),
    until: seconds === null ? null : event.timestamp + Math.max(0, seconds),
  };
  write(configFor(state, event.config, event, touch).boost, event, boost);
}

export function mastered(state: LearningState, event: StoredEvent, touch: Touch): void {
  const opponent = nameField(event.payload, 'opponent_type');
  note(state, event, { kind: 'mastered', from: null, to: opponent });
  if (opponent === null || event.config === null) return;
  const { mastered: opponents } = configFor(state, event.config, event, touch);
  let entry = opponents.get(opponent);
  if (entry === undefined) {
    entry = register<number | null>(null);
    opponents.set(opponent, entry);
  }
  write(entry, event, numberField(event.payload, 'win_rate'));
  evictLowest(opponents, MAX_OPPONENTS, ({ t }) => t);
}
