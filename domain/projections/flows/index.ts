import type { StoredEvent } from '../../events/envelope';
import type { EventRef, FlowStepEntity } from '../../realtime/entities';
import type { Projection, Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { minuteOf, tick } from '../shared/clock';
import { shareField } from '../quality/limits';
import { addToMinute, wasWarm, minuteRing, minutesUntil, perHour, type MinuteRing } from '../shared/minutes';
import { newerRef, register, write, type Register } from '../shared/order';
import { FLOW_STEPS, stepKey, type FlowId, type FlowStep } from './steps';

export { isGoodQuality, QUALITY_THRESHOLD } from './steps';

type StepCount = { count: number; ring: MinuteRing; last: EventRef | null };
/** The same boxes for one config; only those that it passed. And the threshold of quality that was named last. */
type ConfigSteps = { at: number; steps: Map<string, StepCount>; threshold: Register<number | null> };
export type FlowsState = {
  clock: number | null;
  steps: Map<string, StepCount>;
  configs: Map<string, ConfigSteps>;
};

/** They name the threshold of quality that their config fell below. */
const THRESHOLD_TYPES: readonly string[] = ['QUALITY_DEGRADED', 'LOW_QUALITY_DATA_WARNING'];
const SPARK_MINUTES = 30;
/** The longest silent go first. */
const MAX_CONFIGS = 500;

/** A step with its key: put together once, not per event. */
type Keyed = { readonly step: FlowStep; readonly key: string };
const BY_TYPE = new Map<string, Keyed[]>();
const NONE: readonly Keyed[] = [];
const BY_KEY = new Map<string, FlowStep>();
for (const step of FLOW_STEPS) {
  const key = stepKey(step);
  for (const type of step.on) BY_TYPE.set(type, [...(BY_TYPE.get(type) ?? []), { step, key }]);
  BY_KEY.set(key, step);
}

function initialFlows(): FlowsState {
  const steps = FLOW_STEPS.map((step): [string, StepCount] => [stepKey(step), newCount()]);
  return { clock: null, steps: new Map(steps), configs: new Map() };
}

function newCount(): StepCount {
  return { count: 0, ring: minuteRing(), last: null };
}

function foldFlows(state: FlowsState, event: StoredEvent, touch: Touch): void {
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
  const named = shareField(event, 'threshold');
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

export function flowStepEntity(state: FlowsState, key: string): FlowStepEntity | undefined {
  const step = BY_KEY.get(key);
  const entry = state.steps.get(key);
  return step && entry && entityOf(state, step, entry);
}

/** The boxes of a flow as one config passed them, in the order of the diagram; boxes it never passed have no events. */
export function flowStepsOf(state: FlowsState, flow: FlowId, config: string): FlowStepEntity[] {
  const own = state.configs.get(config)?.steps;
  return FLOW_STEPS.filter((step) => step.flow === flow).map((step) =>
    entityOf(state, step, own?.get(stepKey(step)) ?? newCount()),
  );
}

function entityOf(state: FlowsState, step: FlowStep, entry: StepCount): FlowStepEntity {
  const minute = minuteOf(state.clock ?? 0);
  return {
    flow: step.flow,
    step: step.step,
    count: entry.count,
    rate_per_hour: perHour(entry.ring, minute),
    last: entry.last,
    spark: minutesUntil(entry.ring, minute, SPARK_MINUTES),
  };
}

/** What happened at each box of the quality loop and of the error recovery flow. */
export const flowsProjection: Projection<FlowsState> = {
  name: 'flows',
  version: 4,
  listens: [...BY_TYPE.keys(), ...THRESHOLD_TYPES],
  initial: initialFlows,
  fold: foldFlows,
  topics: { 'flows.steps': { limit: 30, keys: (state) => state.steps.keys(), entity: flowStepEntity } },
};
