import type { StoredEvent } from '../../events/envelope';
import { FLOWS } from '../../events/relations/flows';
import type { FlowStepEntity } from '../../realtime/entities';
import { numberField, saysFailed } from '../shared/fields';

export type FlowId = FlowStepEntity['flow'];

/** A box of a flow diagram: the event types that it counts, and which of those events where not all. */
export type FlowStep = {
  flow: FlowId;
  step: string;
  on: readonly string[];
  /** `threshold`: of quality, as its config's reports named it last. */
  when?: (event: StoredEvent, threshold: number | undefined) => boolean;
};

/** The cluster's own threshold, which its QUALITY_DEGRADED events name. */
export const QUALITY_THRESHOLD = 0.6;

/** True for an average over a config's games that is good enough to train on; `usual`: where it names no threshold. */
export function isGoodQuality(event: StoredEvent, usual = QUALITY_THRESHOLD): boolean {
  const average = numberField(event.payload, 'avg_quality');
  const threshold = numberField(event.payload, 'threshold') ?? usual;
  return average !== null && average >= threshold;
}

function showsNoLoss(event: StoredEvent): boolean {
  const delta = numberField(event.payload, 'elo_delta');
  return delta === null || delta >= 0;
}

/**
 * Branches of the diagrams that no event announces by itself: what is counted at them instead. And batches as the pipeline
 * counts them: one that failed brought no games into the loop.
 */
const BRANCHES: ReadonlyMap<string, Pick<FlowStep, 'on' | 'when'>> = new Map([
  ['SELFPLAY_COMPLETE', { on: ['SELFPLAY_COMPLETE'], when: ({ payload }) => !saysFailed(payload) }],
  ['QUALITY_GOOD', { on: ['QUALITY_SCORE_UPDATED'], when: isGoodQuality }],
  ['NO_REGRESSION', { on: ['EVALUATION_COMPLETED'], when: showsNoLoss }],
]);

/** The boxes of the quality loop and the error recovery flow, as the catalogue draws them. */
export const FLOW_STEPS: readonly FlowStep[] = (['quality', 'recovery'] as const).flatMap((flow) =>
  FLOWS[flow].steps.map(({ id, event_types }) => ({
    flow,
    step: id,
    ...(BRANCHES.get(id) ?? { on: event_types }),
  })),
);

export function stepKey({ flow, step }: FlowStep): string {
  return `${flow}/${step}`;
}
