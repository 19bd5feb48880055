import type { Engine } from '../engine';
import { routerReport } from './runtime/router-report';
import { routerStatus } from './runtime/runtime-topics';

/** The answer of `GET /api/state/<name>`, or a promise of it; undefined for a name that has none. */
export function stateDocument(engine: Engine, name: string): unknown {
  return name === 'router' ? routerDocument(engine) : engine.state.fold.selectState(name);
}

async function routerDocument(engine: Engine): Promise<unknown> {
  const report = await routerReport(engine.parts, () => engine.state.fold.states());
  return {
    as_of_seq: engine.state.asOfSeq,
    ...routerStatus(engine.parts),
    bridges: engine.bridges.map((bridge) => bridge.status()),
    ...report,
  };
}
