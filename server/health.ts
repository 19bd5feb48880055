import { unseenProblems } from '../domain/projections';
import type { ServerStatus } from '../domain/realtime/contract';
import { isWorking } from './bridges/working';
import type { Engine } from './engine';
import type { HealthReport } from './services';

/** What the status line of every page shows. */
export function serverStatus(
  engine: Engine,
  { demo, build }: Pick<ServerStatus, 'demo' | 'build'>,
): ServerStatus {
  const lags = engine.bridges.map((bridge) => bridge.status().lag_ms).filter((lag) => lag !== null);
  return {
    now: Date.now() / 1000,
    as_of_seq: engine.state.asOfSeq,
    clock: engine.state.fold.clock,
    lag_ms: lags.length === 0 ? null : Math.max(...lags),
    progress: importProgress(engine),
    events_per_second: Math.round(engine.rate.perSecond(10) * 10) / 10,
    trouble: troubleOf(engine),
    dead_letters: engine.letters.open,
    problems: unseenProblems(engine.state.fold.states().problems),
    demo,
    build,
  };
}

function importProgress({ bridges }: Engine): ServerStatus['progress'] {
  for (const bridge of bridges) {
    const { progress, place } = bridge.status();
    if (progress) return { what: `importing ${place.split('/').at(-1) ?? place}`, ...progress };
  }
  return null;
}

/** What is not well, the gravest first: without history nothing is stored. */
function troubleOf(engine: Engine): ServerStatus['trouble'] {
  const check = checksOf(engine).find(({ ok }) => !ok);
  return check ? { name: check.name, detail: check.detail ?? '' } : null;
}

function checksOf(engine: Engine): HealthReport['checks'] {
  return [
    { name: 'history', ok: engine.history.trouble === null, detail: engine.history.trouble },
    ...engine.bridges.map((bridge) => {
      const status = bridge.status();
      const { name, state, detail, progress } = status;
      const left = progress && `catching up: ${progress.total - progress.done} older rows are left to read`;
      return {
        name,
        ok: isWorking(status),
        detail: detail ?? left ?? (state === 'live' ? null : state),
      };
    }),
  ];
}

/** Liveness and readiness with their reasons: ready means that events can be published and pages show current state. */
export function healthReport(engine: Engine, version: string, serving: boolean): HealthReport {
  const checks = checksOf(engine);
  const ready = serving && engine.history.trouble === null;
  const status = !serving ? 'starting' : checks.every(({ ok }) => ok) ? 'ok' : 'degraded';
  return { status, ready, version, checks };
}
