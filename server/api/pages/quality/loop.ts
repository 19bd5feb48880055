import type { States } from '../../../../domain/projections';
import { flowStepsOf } from '../../../../domain/projections/flows';
import type { FlowStepEntity } from '../../../../domain/realtime/entities';

/** The boxes of the quality loop as one config passed them, in the order of the diagram. */
export function qualityLoop(states: States, config: string): FlowStepEntity[] {
  return flowStepsOf(states.flows, 'quality', config);
}
