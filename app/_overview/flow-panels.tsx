'use client';

import { useCallback, useMemo } from 'react';
import { Flow } from '@/components/flow/flow';
import { layoutLayered } from '@/components/flow/layered';
import type { FlowLayout } from '@/components/flow/model';
import { layoutRows } from '@/components/flow/rows';
import { flowSteps, pipelineSteps } from '@/components/overview/steps';
import { Panel } from '@/components/ui/panel/panel';
import { FLOWS } from '@/domain/events/relations/flows';
import type { FlowStepEntity, StageEntity } from '@/domain/realtime/entities';
import { READABLE_MS, useTopic } from '../_client/live/live-provider';

const PIPELINE_IDS = FLOWS.pipeline.steps.map((step) => step.id);
const layoutPipeline = (width: number): FlowLayout => layoutRows(PIPELINE_IDS, width);

export function PipelinePanel() {
  const stages = useTopic<StageEntity>('pipeline.stages', READABLE_MS);
  const steps = useMemo(() => pipelineSteps(FLOWS.pipeline, stages), [stages]);
  return (
    <Panel
      title={FLOWS.pipeline.label}
      hint="completions in all and per hour; a pulse is an event on its way"
    >
      <Flow label={FLOWS.pipeline.label} steps={steps} layoutOf={layoutPipeline} stages />
    </Panel>
  );
}

/** The quality loop or the error recovery flow, with its branches. */
export function LoopPanel({ flow: id }: { flow: 'quality' | 'recovery' }) {
  const flow = FLOWS[id];
  const entities = useTopic<FlowStepEntity>('flows.steps', READABLE_MS);
  const steps = useMemo(() => flowSteps(id, flow, entities), [id, flow, entities]);
  const layoutOf = useCallback(
    (width: number) =>
      layoutLayered(
        flow.steps.map((step) => step.id),
        flow.edges,
        width,
      ),
    [flow],
  );
  return (
    <Panel title={flow.label} hint="events in all and per hour; a dashed step has no event of its own">
      <Flow label={flow.label} steps={steps} layoutOf={layoutOf} />
    </Panel>
  );
}
