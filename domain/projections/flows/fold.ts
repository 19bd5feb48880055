import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { minuteOf, tick } from '../shared/clock';
import { shareField } from '../shared/fields';
import { addToMinute, wasWarm } from '../shared/minutes';
import { newerRef, register, write } from '../shared/order';
import { newCount, type ConfigSteps, type FlowsState, type StepCount } from './state';
import { FLOW_STEPS, stepKey, type FlowStep } from './steps';

/** They name the threshold of quality that their config fell below. */
const THRESHOLD_TYPES: readonly string[] = ['QUALITY_DEGRADED', 'LOW_QUALITY_DATA_WARNING'];
/** The longest silent go first. */
const MAX_CONFIGS = 500;

/** A step with its key: put together once, not per event. */
type Keyed = { readonly step: FlowStep; readonly key: string };
const BY_TYPE = new Map<string, Keyed[]>();
const NONE: readonly Keyed[] = [];
for (const step of FLOW_STEPS) {
  const key = stepKey(step);
  for (const type of step.on) BY_TYPE.set(type, [...(BY_TYPE.get(type) ?? []), { step, key }]);
}

export const FLOW_TYPES = [...BY_TYPE.keys(), ...THRESHOLD_TYPES];

export function foldFlows(state: FlowsState, event: StoredEvent, touch: Touch): void {
  const before = state.clock;
  if (tick(state, event)) touchDecayed(state, before, touch);
  if (THRESHOLD_TYPES.includes(event.eventType)) noteThreshold(state, event);
  for (const { step, key } of BY_TYPE.get(event.eventType) ?? NONE) {
    if (step.when?.(event, thresholdFor(state, event)) === false) continue;
    const entry = state.steps.get(key);
    if (entry === undefined) continue;
    count(entry, event);
    if (event.config !== null) count(stepOfConfig(state, event.config, event, key), event);
    touch('flows.steps', key);
  }
}

function count(entry: StepCount, event: StoredEvent): void {
  entry.count += 1;
  entry.last = newerRef(entry.last, event);
  addToMinute(entry.ring, minuteOf(event.timestamp));
}

function noteThreshold(state: FlowsState, event: StoredEvent): void {
  const named = shareField(event.payload, 'threshold');
  if (event.config !== null && named !== null)
    write(ofConfig(state, event.config, event).threshold, event, named);
}

function thresholdFor({ configs }: FlowsState, { config }: StoredEvent): number | undefined {
  return (config === null ? null : configs.get(config)?.threshold.v) ?? undefined;
}

function ofConfig(state: FlowsState, config: string, event: StoredEvent): ConfigSteps {
  let own = state.configs.get(config);
  if (own === undefined) {
    own = { at: event.timestamp, steps: new Map(), threshold: register<number | null>(null) };
    state.configs.set(config, own);
    evictLowest(state.configs, MAX_CONFIGS, ({ at }) => at);
  }
  own.at = Math.max(own.at, event.timestamp);
  return own;
}

function stepOfConfig(state: FlowsState, config: string, event: StoredEvent, key: string): StepCount {
  const own = ofConfig(state, config, event);
  let entry = own.steps.get(key);
  if (entry === undefined) {
    entry = newCount();
    own.steps.set(key, entry);
  }
  return entry;
}

function touchDecayed(state: FlowsState, before: number | null, touch: Touch): void {
  for (const [key, { ring }] of state.steps) if (wasWarm(ring, before)) touch('flows.steps', key);
}
