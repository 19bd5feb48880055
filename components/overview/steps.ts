import type { Flow, FlowStep } from '@/domain/events/relations/flows';
import type { FlowStepEntity, StageEntity } from '@/domain/realtime/entities';
import type { StepFigures } from '@/components/flow/model';

/** The feed of a step's events; null where the step has none of its own. */
export function eventsHref(types: readonly string[]): string | null {
  return types.length === 0 ? null : `/events?type=${types.map(encodeURIComponent).join(',')}`;
}

type Entity = StageEntity | FlowStepEntity;

/**
 * The figures made of an entity. Entities are replaced, never changed, so a box whose entity is the same gets the same
 * figures and need not render again.
 */
const made = new WeakMap<Entity | FlowStep, StepFigures>();

function figuresOf(step: FlowStep, entity: Entity | undefined): StepFigures {
  const known = made.get(entity ?? step);
  if (known?.id === step.id) return known;
  const figures = makeFigures(step, entity);
  made.set(entity ?? step, figures);
  return figures;
}

function makeFigures(step: FlowStep, entity: Entity | undefined): StepFigures {
  const stage = entity !== undefined && 'stage' in entity ? entity : undefined;
  return {
    id: step.id,
    label: step.label,
    href: eventsHref(step.event_types),
    count: entity?.count ?? 0,
    ratePerHour: entity?.rate_per_hour ?? 0,
    last: entity?.last ?? null,
    spark: entity?.spark ?? [],
    inProgress: stage?.in_progress ?? 0,
    inProgressSince: stage?.in_progress_since ?? null,
    failed: stage?.failed ?? 0,
    lastFailure: stage?.last_failure ?? null,
  };
}

/** The boxes of the pipeline with the figures of their stages, in the order of the diagram. */
export function pipelineSteps(
  flow: Flow,
  stages: ReadonlyMap<string, StageEntity>,
): ReadonlyMap<string, StepFigures> {
  return new Map(flow.steps.map((step) => [step.id, figuresOf(step, step.stage && stages.get(step.stage))]));
}

/** The boxes of one of the smaller flows. */
export function flowSteps(
  id: 'quality' | 'recovery',
  flow: Flow,
  steps: ReadonlyMap<string, FlowStepEntity>,
): ReadonlyMap<string, StepFigures> {
  return new Map(flow.steps.map((step) => [step.id, figuresOf(step, steps.get(`${id}/${step.id}`))]));
}
