import { describe, expect, it } from 'vitest';
import { STAGES } from '../../realtime/entities';
import { definitionOf } from '../catalogue';
import { FLOWS } from './flows';
import { normaliseEventType } from '../names/names';

describe.each(Object.entries(FLOWS))('the %s flow', (_id, flow) => {
  const ids = flow.steps.map((step) => step.id);

  it('joins its boxes, each once, into one graph without loose ends', () => {
    expect(new Set(ids).size).toBe(ids.length);
    const reached = new Set(ids.slice(0, 1));
    for (const { from, to } of flow.edges) {
      expect(ids).toContain(from);
      expect(ids).toContain(to);
    }
    for (let grown = -1; grown !== reached.size;) {
      grown = reached.size;
      for (const { from, to } of flow.edges) if (reached.has(from)) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...ids].sort());
  });

  it('counts types that arrive under these names', () => {
    for (const step of flow.steps) {
      for (const type of [...step.event_types, ...(step.related_types ?? [])]) {
        expect(definitionOf(type), type).toBeDefined();
        expect(normaliseEventType(type)).toBe(type);
      }
      expect(step.event_types, step.id).toEqual(definitionOf(step.id) === undefined ? [] : [step.id]);
    }
  });
});

it('gives each stage of the pipeline its box, in order', () => {
  expect(FLOWS.pipeline.steps.map((step) => step.stage)).toEqual([...STAGES]);
});

it.each([
  ['pipeline', ['MODEL_DISTRIBUTION_COMPLETE']],
  ['quality', ['TRAINING_THRESHOLD_REACHED']],
  ['recovery', ['RECOVERY_FAILED', 'MODEL_PROMOTED']],
] as const)('%s ends where its diagram ends', (id, ends) => {
  const { steps, edges } = FLOWS[id];
  const open = steps.filter((step) => !edges.some(({ from }) => from === step.id));
  expect(open.map((step) => step.id)).toEqual(ends);
});

it('branches where the diagrams do', () => {
  const outOf = (flow: 'quality' | 'recovery', id: string) =>
    FLOWS[flow].edges.filter(({ from }) => from === id).map(({ to }) => to);
  expect(outOf('quality', 'QUALITY_SCORE_UPDATED')).toEqual(['QUALITY_GOOD', 'QUALITY_DEGRADED']);
  expect(outOf('recovery', 'EVALUATION_COMPLETED')).toEqual(['NO_REGRESSION', 'REGRESSION_DETECTED']);
  expect(outOf('recovery', 'RECOVERY_INITIATED')).toEqual(['RECOVERY_COMPLETED', 'RECOVERY_FAILED']);
});
