import type { FlowEdge, StepFigures } from './model';
import { edgeId } from './model';

/** Counts per step id, as last seen by a board. */
export type Counts = ReadonlyMap<string, number>;

export function countsOf(steps: Iterable<StepFigures>): Counts {
  return new Map([...steps].map((step) => [step.id, step.count]));
}

/**
 * Which edges carried how many events since `before`: a step whose count grew got them along an edge that leads to it;
 * of several, along the one whose source saw an event last. A step seen for the first time carries nothing, else every
 * page would open with fireworks; neither does a count that fell (state rebuilt).
 */
export function carriedSince(
  before: Counts,
  steps: ReadonlyMap<string, StepFigures>,
  edges: readonly FlowEdge[],
): ReadonlyMap<string, number> {
  const carried = new Map<string, number>();
  for (const step of steps.values()) {
    const known = before.get(step.id);
    if (known === undefined || step.count <= known) continue;
    const edge = carrierOf(
      edges.filter((candidate) => candidate.to === step.id),
      steps,
    );
    if (edge) carried.set(edgeId(edge), step.count - known);
  }
  return carried;
}

function carrierOf(into: readonly FlowEdge[], steps: ReadonlyMap<string, StepFigures>): FlowEdge | undefined {
  const lastAt = (edge: FlowEdge): number => steps.get(edge.from)?.last?.timestamp ?? -Infinity;
  return into.reduce<FlowEdge | undefined>(
    (best, edge) => (best === undefined || lastAt(edge) > lastAt(best) ? edge : best),
    undefined,
  );
}
