import type { EventRef } from '../../realtime/entities';
import { minuteRing, type MinuteRing } from '../shared/minutes';
import type { Register } from '../shared/order';
import { FLOW_STEPS, stepKey } from './steps';

export type StepCount = { count: number; ring: MinuteRing; last: EventRef | null };
/** The same boxes for one config; only those that it passed. And the threshold of quality that was named last. */
export type ConfigSteps = { at: number; steps: Map<string, StepCount>; threshold: Register<number | null> };
export type FlowsState = {
  clock: number | null;
  steps: Map<string, StepCount>;
  configs: Map<string, ConfigSteps>;
};

export function initialFlows(): FlowsState {
  const steps = FLOW_STEPS.map((step): [string, StepCount] => [stepKey(step), newCount()]);
  return { clock: null, steps: new Map(steps), configs: new Map() };
}

export function newCount(): StepCount {
  return { count: 0, ring: minuteRing(), last: null };
}
