import type { FlowStepEntity } from '../../realtime/entities';
import { minuteOf } from '../shared/clock';
import { minutesUntil, perHour } from '../shared/minutes';
import { newCount, type FlowsState, type StepCount } from './state';
import { FLOW_STEPS, stepKey, type FlowId, type FlowStep } from './steps';

const SPARK_MINUTES = 30;

const BY_KEY = new Map<string, FlowStep>(FLOW_STEPS.map((step) => [stepKey(step), step]));

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
