import type { Engine } from '../engine';
import { routerStatus } from './runtime-topics';

/** The answer of `GET /api/state/<name>`; undefined for a name that has none. */
export function stateDocument(engine: Engine, name: string): unknown {
  if (name !== 'router') return engine.state.fold.selectState(name);
  return {
    as_of_seq: engine.state.asOfSeq,
    ...routerStatus(engine.parts),
    bridges: engine.bridges.map((bridge) => bridge.status()),
    flow: engine.router.validateEventFlow(),
  };
}
