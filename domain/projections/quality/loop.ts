import type { StoredEvent } from '../../events/envelope';
import { QUALITY_THRESHOLD } from '../flows';
import type { Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { numberField, shareField } from '../shared/fields';
import { compareStamps, isNotOlder, write } from '../shared/order';
import { MAX_CONFIGS, MAX_MARKS, MAX_SCORES } from './limits';
import { addMark, markOf } from './marks';
import { addScore, type Score } from './scores';
import { configQuality, type ConfigQuality, type QualityState } from './state';

type Rule = (config: ConfigQuality, event: StoredEvent) => void;

/** What each type means for its config's loop. */
export const LOOP_RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['QUALITY_SCORE_UPDATED', foldScore],
  ['HIGH_QUALITY_DATA_AVAILABLE', foldHigh],
  ['QUALITY_DEGRADED', foldMark],
  ['LOW_QUALITY_DATA_WARNING', foldMark],
  ['QUALITY_PENALTY_APPLIED', foldMark],
  ['SELFPLAY_RATE_CHANGED', foldMark],
  ['SELFPLAY_TARGET_UPDATED', foldMark],
  ['QUALITY_FEEDBACK_ADJUSTED', foldMark],
  ['TRAINING_BLOCKED_BY_QUALITY', foldMark],
  ['EXPLORATION_BOOST', foldMark],
  ['EXPLORATION_ADJUSTED', (config, event) => advance(config.explored, event)],
  ['TRAINING_THRESHOLD_REACHED', (config, event) => advance(config.trained, event)],
  ['TRAINING_STARTED', (config, event) => advance(config.trained, event)],
  ['QUALITY_CHECK_FAILED', foldMark],
]);

export function foldLoop(state: QualityState, event: StoredEvent, touch: Touch): void {
  const rule = LOOP_RULES.get(event.eventType);
  const { config } = event;
  if (rule === undefined || config === null) return;
  const entry = state.configs.get(config) ?? open(state, config, event, touch);
  if (event.timestamp > entry.at) entry.at = event.timestamp;
  rule(entry, event);
  touch('quality.configs', config);
}

function open(state: QualityState, config: string, event: StoredEvent, touch: Touch): ConfigQuality {
  const entry = configQuality();
  entry.at = event.timestamp;
  state.configs.set(config, entry);
  evictLowest(
    state.configs,
    MAX_CONFIGS,
    ({ at }) => at,
    (key) => touch('quality.configs', key),
  );
  return entry;
}

function foldScore(config: ConfigQuality, event: StoredEvent): void {
  const q = shareField(event.payload, 'avg_quality');
  if (q !== null) add(config, { t: event.timestamp, s: event.seq, id: event.eventId, kind: 'average', q });
}

function foldHigh(config: ConfigQuality, event: StoredEvent): void {
  const count = numberField(event.payload, 'high_quality_count');
  write(config.high, event, { id: event.eventId, count });
  const q = shareField(event.payload, 'avg_quality');
  add(config, { t: event.timestamp, s: event.seq, id: event.eventId, kind: 'high', q });
}

function add(config: ConfigQuality, score: Score): void {
  addScore(config.scores, score, MAX_SCORES, thresholdOf(config));
}

/** What the cluster stated last, else its usual threshold. */
export function thresholdOf(config: ConfigQuality): number {
  return config.threshold.v ?? QUALITY_THRESHOLD;
}

function foldMark(config: ConfigQuality, event: StoredEvent): void {
  const mark = markOf(event);
  if (mark === null) return;
  if (mark.kind === 'degraded') config.degraded += 1;
  if (mark.kind === 'block') config.blocked += 1;
  if (mark.kind === 'check') config.checksFailed += 1;
  if ((mark.kind === 'degraded' || mark.kind === 'warning') && mark.b !== null)
    write(config.threshold, event, mark.b);
  const newest = config.newest.get(mark.kind);
  if (newest === undefined || compareStamps(mark, newest) >= 0) config.newest.set(mark.kind, mark);
  addMark(config.marks, mark, MAX_MARKS);
}

function advance(stamp: { t: number; s: number }, event: StoredEvent): void {
  if (!isNotOlder(event, stamp)) return;
  stamp.t = event.timestamp;
  stamp.s = event.seq;
}
