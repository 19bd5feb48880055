import type { StoredEvent } from '../../events/envelope';
import type { EventRef, FlowStepEntity } from '../../realtime/entities';
import type { Projection, Touch } from '../projection';
import { minuteOf, tick } from '../shared/clock';
import { addToMinute, wasWarm, minuteRing, minutesUntil, perHour, type MinuteRing } from '../shared/minutes';
import { newerRef } from '../shared/order';
import { FLOW_STEPS, stepKey, type FlowStep } from './steps';

export { FLOW_STEPS, isGoodQuality, QUALITY_THRESHOLD, stepKey, type FlowStep } from './steps';

type StepCount = { count: number; ring: MinuteRing; last: EventRef | null };
export type FlowsState = { clock: number | null; steps: Map<string, StepCount> };

const SPARK_MINUTES = 30;

const BY_TYPE = new Map<string, FlowStep[]>();
const NONE: readonly FlowStep[] = [];
const BY_KEY = new Map<string, FlowStep>();
for (const step of FLOW_STEPS) {
  for (const type of step.on) BY_TYPE.set(type, [...(BY_TYPE.get(type) ?? []), step]);
  BY_KEY.set(stepKey(step), step);
}

function initialFlows(): FlowsState {
  const steps = FLOW_STEPS.map((step): [string, StepCount] => [
    stepKey(step),
    { count: 0, ring: minuteRing(), last: null },
  ]);
  return { clock: null, steps: new Map(steps) };
}

function foldFlows(state: FlowsState, event: StoredEvent, touch: Touch): void {
  const before = state.clock;
  if (tick(state, event)) touchDecayed(state, before, touch);
  for (const step of BY_TYPE.get(event.eventType) ?? NONE) {
    if (step.when?.(event) === false) continue;
    const key = stepKey(step);
    const entry = state.steps.get(key);
    if (entry === undefined) continue;
    entry.count += 1;
    entry.last = newerRef(entry.last, event);
    addToMinute(entry.ring, minuteOf(event.timestamp));
    touch('flows.steps', key);
  }
}

function touchDecayed(state: FlowsState, before: number | null, touch: Touch): void {
  for (const [key, { ring }] of state.steps) if (wasWarm(ring, before)) touch('flows.steps', key);
}

export function flowStepEntity(state: FlowsState, key: string): FlowStepEntity | undefined {
  const step = BY_KEY.get(key);
  const entry = state.steps.get(key);
  if (step === undefined || entry === undefined) return undefined;
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
  version: 1,
  initial: initialFlows,
  fold: foldFlows,
  topics: { 'flows.steps': { limit: 30, keys: (state) => state.steps.keys(), entity: flowStepEntity } },
};
